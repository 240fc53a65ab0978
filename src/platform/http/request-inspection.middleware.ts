import type { NextFunction, Request, Response } from 'express';
import { badRequest, DomainError, invalidField } from './domain-error.js';

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

/** Refuses bodies that are nested too deep or hold NUL characters or reserved names, before anything reads them. */
export function inspectBody(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  if (typeof body === 'object' && body !== null) inspect(body, '', 1);
  next();
}

function inspect(value: object, path: string, depth: number): void {
  if (depth > DEEPEST) throw invalidField(path.slice(0, -1), 'The body is nested too deep.', 'depth');
  for (const key of Object.keys(value)) {
    if (RESERVED.has(key)) throw reservedName(path + key);
    if (key.includes(NUL)) throw nul(path.slice(0, -1));
    const inner = (value as Record<string, unknown>)[key];
    if (typeof inner === 'string') {
      if (inner.includes(NUL)) throw nul(path + key);
    } else if (typeof inner === 'object' && inner !== null) {
      inspect(inner, `${path}${key}.`, depth + 1);
    }
  }
}

const reservedName = (location: string) =>
  invalidField(location, `${location} is a reserved name.`, 'unknown_field');
const nul = (location: string) => invalidField(location, `${location} must not hold NUL characters.`, 'nul');
