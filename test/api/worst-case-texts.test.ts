import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { openApiDocument } from '../../src/platform/http/openapi.js';
import { LIMITS } from '../../src/contract/ticket-fields.js';
import { ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { bearerOf } from '../realtime/bearer.js';
import { Crowd } from '../realtime/socket-person.js';

let desk: Desk;
let ticketId: string;
const crowd = new Crowd(() => desk.server.url);
beforeAll(async () => {
  desk = await openDesk();
  ticketId = (await ok(desk.link.post('/tickets', { donorId: 'd', donorEmail: 'd@x.example' }), 201)).id;
});
afterAll(async () => {
  crowd.leave();
  await desk.close();
});

/** Each is what some pattern backtracks on; as long as a body may be. */
const LENGTH = 95_000;
const WORST = [
  `${'a'.repeat(LENGTH)}\u0001`,
  `${' '.repeat(LENGTH)}x`,
  `a@${'a.'.repeat(LENGTH / 2)}`,
  'a@'.repeat(LENGTH / 2),
  `2026-11-29T00:00:00.${'0'.repeat(LENGTH)}`,
  `a${'\ufe0f'.repeat(LENGTH / 3)}`,
  'e\u0301'.repeat(LENGTH / 3),
  'http://a:'.repeat(LENGTH / 9),
];

/** Patterns that read whole bodies, by their source: each is anchored and takes one step a character. */
const READ_BODIES = new Set(['^[\\x20\\x09\\x0a\\x0d]*([^\\x20\\x09\\x0a\\x0d])']);
/** Longer than any text that a request may hold in one field. */
const LONG = 2 * Math.max(LIMITS.message, LIMITS.description) + 1;

/** Which patterns met a long text while `work` ran. */
async function patternsOf(work: () => Promise<unknown>): Promise<string[]> {
  const met = new Set<string>();
  const exec = Reflect.get(RegExp.prototype, 'exec');
  const watched = jest.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text) {
    if (typeof text === 'string' && text.length >= LONG) met.add(this.source);
    return exec.call(this, text);
  });
  try {
    await work();
  } finally {
    watched.mockRestore();
  }
  return [...met].filter((source) => !READ_BODIES.has(source));
}

interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  additionalProperties?: unknown;
}

/** A value of a schema's shape whose every text is `text`. */
function filled(document: OpenAPIObject, schema: Schema, text: string): unknown {
  const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('/').at(-1);
  if (name !== undefined) return filled(document, document.components!.schemas![name] as Schema, text);
  if (schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([field, inner]) => [field, filled(document, inner, text)]),
    );
  if (schema.type === 'array') return [filled(document, schema.items ?? {}, text)];
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type === 'boolean') return true;
  return text;
}

interface Operation {
  method: string;
  path: string;
  /** Names of the body's fields that hold text somewhere, each with a body whose other fields are short. */
  bodies: Record<string, Record<string, unknown>>;
}

function operationsOf(document: OpenAPIObject, text: string): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]: [string, Record<string, never>]) => {
      const schema = operation['requestBody']?.['content']?.['application/json']?.['schema'] as
        Schema | undefined;
      if (schema === undefined) return [];
      const short = filled(document, schema, 'x') as Record<string, unknown>;
      const long = filled(document, schema, text) as Record<string, unknown>;
      const fields = Object.keys(short).filter((field) => JSON.stringify(long[field]).length > LENGTH / 4);
      const bodies = Object.fromEntries(fields.map((field) => [field, { ...short, [field]: long[field] }]));
      return [{ method: method.toUpperCase(), path, bodies }];
    }),
  );
}

test('the watch sees patterns that meet long texts', async () => {
  const long = 'a'.repeat(LONG);
  const found = await patternsOf(async () => [
    /^[ab]+$/.test(long),
    long.replace(/c+/g, ''),
    /d/.exec(long),
    long.split(/e/),
    /sho?rt/.test('short'),
  ]);
  expect(found.sort()).toEqual(['^[ab]+$', 'c+', 'd', 'e']);
});

describe('a worst-case text of 95 kB in each field of each body', () => {
  test.each(WORST.map((text) => [`${text.slice(0, 12)}…`, text]))('%j meets no pattern', async (_, text) => {
    const document = openApiDocument(desk.server.app);
    const operations = operationsOf(document, text);
    expect(operations.length).toBeGreaterThan(20);
    const tried: string[] = [];
    for (const { method, path, bodies } of operations) {
      const url = path
        .replace('/api/v1', '')
        .replace(/\{\w*[iI]d\d?\}/g, ticketId)
        .replace(/\{\w+\}/g, 'x');
      for (const [field, body] of Object.entries(bodies)) {
        const where = `${method} ${path} ${field}`;
        tried.push(where);
        let status = 0;
        const met = await patternsOf(async () => ({ status } = await desk.boss.ask(method, url, body)));
        expect({ where, met }).toEqual({ where, met: [] });
        expect({ where, refused: status >= 400 && status < 500 }).toEqual({ where, refused: true });
      }
    }
    expect(tried).toContain('PUT /api/v1/users/me/profile name');
    expect(tried.length).toBeGreaterThan(40);
  });
});

describe('a worst-case text as long as an address may be', () => {
  test('is answered in each parameter of each route', async () => {
    const document = openApiDocument(desk.server.app);
    for (const [path, methods] of Object.entries(document.paths)) {
      const { parameters = [] } = methods.get ?? {};
      for (const parameter of parameters) {
        if (!('name' in parameter)) continue;
        const text = 'a'.repeat(3_800);
        const url = path.replace('/api/v1', '');
        const { status } =
          parameter.in === 'query'
            ? await desk.boss.get(`${url.replace(/\{\w+\}/g, ticketId)}?${parameter.name}=${text}`)
            : await desk.boss.get(url.replace(`{${parameter.name}}`, text).replace(/\{\w+\}/g, ticketId));
        const where = `${path} ${parameter.name}`;
        expect({ where, ok: status < 500 }).toEqual({ where, ok: true });
      }
    }
  });
});

describe('a worst-case text over a socket', () => {
  const EVENTS: [string, string, object][] = [
    ['authorize', 'token', {}],
    ['join_ticket', 'ticketId', {}],
    ['join_ticket', 'donorId', { ticketId: 'x' }],
    ['message:send', 'content', { clientMessageId: 'x' }],
    ['message:send', 'clientMessageId', { content: 'x' }],
    ['call:enter', 'token', { callId: 'x' }],
    ['call:signal', 'to', { callId: 'x', data: {} }],
  ];
  test.each(EVENTS)('%s %s meets no pattern', async (event, field, body) => {
    const person = await crowd.enter(bearerOf(desk.admin));
    const text = `${'a'.repeat(60_000)}\u0001`;
    let ack: unknown;
    const met = await patternsOf(async () => {
      ack = await person.ask(event, { ...body, [field]: text });
    });
    expect({ met, ack }).toMatchObject({ met: [], ack: { ok: false, error: 'BAD_REQUEST' } });
  });
});
