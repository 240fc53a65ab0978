import type { NextFunction, Request, Response } from 'express';
import { isWellFormed } from '../../../contract/text.js';
import { badRequest, DomainError, invalidField } from '../errors/domain-error.js';

const LONGEST_URL = 4_096;
const DEEPEST = 10;
const NUL = '\u0000';
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);
const RESERVED_IN_QUERY = /[?&]([^=&]*)/g;

/** Refuses addresses that are too long, broken, or hold what PostgreSQL and JavaScript objects must not meet. */
export function inspectUrl(request: Request, _response: Response, next: NextFunction): void {
  const { url } = request;
  if (url.length > LONGEST_URL) {
    throw new DomainError({ code: 'BAD_REQUEST', status: 414, message: 'The address is too long.' });
  }
  if (!url.includes('%') && !url.includes('__proto__') && !url.includes('constructor')) {
    next();
    return;
  }
  const plain = decoded(url);
  if (plain.includes(NUL)) throw badRequest('The address holds a NUL character.');
  for (const [, name] of plain.matchAll(RESERVED_IN_QUERY)) {
    if (name !== undefined && RESERVED.has(name)) throw reservedName(name);
  }
  next();
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    throw badRequest('The address holds a broken % sequence.');
  }
}

/** Inspects the body of a request before anything reads it. */
export function inspectBody(request: Request, _response: Response, next: NextFunction): void {
  inspectValue(request.body);
  next();
}

/**
 * The one door of whatever clients send as JSON, over HTTP or a socket: refuses what is nested too deep, NUL characters, halves
 * of surrogate pairs and reserved names, in texts and in the names of fields.
 */
export function inspectValue(value: unknown): void {
  if (typeof value === 'object' && value !== null) inspect(value, '', 1);
  else if (typeof value === 'string') inspectText(value, '');
}

function inspect(value: object, path: string, depth: number): void {
  if (depth > DEEPEST) throw invalidField(path.slice(0, -1), 'The body is nested too deep.', 'depth');
  for (const key of Object.keys(value)) {
    if (RESERVED.has(key)) throw reservedName(path + key);
    inspectText(key, path.slice(0, -1));
    const inner = (value as Record<string, unknown>)[key];
    if (typeof inner === 'string') {
      inspectText(inner, path + key);
    } else if (typeof inner === 'object' && inner !== null) {
      inspect(inner, `${path}${key}.`, depth + 1);
    }
  }
}

function inspectText(text: string, location: string): void {
  if (text.includes(NUL)) throw nul(location);
  if (!isWellFormed(text)) throw halfCharacter(location);
}

const reservedName = (location: string) =>
  invalidField(location, `${location} is a reserved name.`, 'unknown_field');
const nul = (location: string) => invalidField(location, `${location} must not hold NUL characters.`, 'nul');
const halfCharacter = (location: string) =>
  invalidField(location, `${location} holds half a character (a lone surrogate).`, 'malformed_text');
