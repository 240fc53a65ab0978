import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openApiDocument } from '../../src/platform/http/openapi.js';
import { createTicket } from '../factories/ticket.factory.js';
import { bearerOf } from '../realtime/bearer.js';
import { Crowd } from '../realtime/socket-person.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
let ticketId: string;
const crowd = new Crowd(() => desk.server.url);
beforeAll(async () => {
  desk = await openDesk();
  ticketId = (await createTicket(desk.server)).id;
});
afterAll(async () => {
  crowd.leave();
  await desk.close();
});

/** What JavaScript, PostgreSQL or both read as a number, besides its decimal digits; and what is too large. */
const OTHER_SPELLINGS = [
  ...['1e0', '0x1', '0b1', '0o1', '1.0', '1.', '.1', '01', '+1', '-1', ' 1', '1 ', '1\n', '1_0', '1n', '1,0'],
  ...['\u0661', '\uff11', '\u00b9', 'NaN', 'Infinity', 'true', '[1]', '1;2', ''],
  ...['2147483648', '9007199254740993', '99999999999999999999', '1'.repeat(400)],
];

interface Parameter {
  name: string;
  in: string;
  schema?: { type?: string };
}

/** Each parameter of a path or a query that the OpenAPI document says is a number. */
function numbersOf(): { name: string; at: (text: string) => string; method: string; location: string }[] {
  const { paths } = openApiDocument(desk.server.app);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(
      ([method, { parameters = [] }]: [string, { parameters?: Parameter[] }]) => {
        const fill = (filled: string) =>
          filled.replaceAll(/\{(\w+)\}/g, (_, name: string) => (/(?:^i|I)d$/.test(name) ? ticketId : 'x'));
        return parameters
          .filter(({ schema }) => schema?.type === 'number' || schema?.type === 'integer')
          .map((parameter) => ({
            name: `${method.toUpperCase()} ${path} ${parameter.in} ${parameter.name}`,
            location: parameter.name,
            method: method.toUpperCase(),
            at: (text: string) => {
              const value = encodeURIComponent(text);
              return parameter.in === 'path'
                ? fill(path.replace(`{${parameter.name}}`, value))
                : `${fill(path)}?${parameter.name}=${value}`;
            },
          }));
      },
    ),
  );
}

const WITHOUT_PREFIX = '/api/v1'.length;

describe('a number in an address', () => {
  test('has one spelling, its decimal digits: every other is refused by every route', async () => {
    const numbers = numbersOf();
    const paths = numbers.filter(({ name }) => name.includes(' path ')).length;
    expect(paths).toBeGreaterThanOrEqual(6);
    expect(numbers.length - paths).toBeGreaterThanOrEqual(10);
    const accepted: string[] = [];
    for (const { name, method, at, location } of numbers) {
      for (const text of OTHER_SPELLINGS) {
        const answer = await desk.boss.ask(
          method,
          at(text).slice(WITHOUT_PREFIX),
          method === 'GET' ? undefined : {},
        );
        const named = JSON.stringify(answer.body?.errors ?? '').includes(`"location":"${location}"`);
        // Without a text there is another address, or none.
        const isRefused =
          answer.status === 400 ? named : answer.status === 404 || (text === '' && answer.status < 500);
        if (!isRefused) accepted.push(`${name}=${JSON.stringify(text.slice(0, 20))}: ${answer.status}`);
      }
    }
    expect(accepted).toEqual([]);
  });

  test('works in decimal digits', async () => {
    expect((await desk.boss.get(`/users/${desk.admin.id}`)).status).toBe(200);
    for (const query of ['limit=1', 'page=1', 'limit=100&page=9999', 'adminId=2147483647', 'adminId=me'])
      expect({ query, status: (await desk.boss.get(`/tickets?${query}`)).status }).toEqual({
        query,
        status: 200,
      });
    for (const query of [
      'adminId=1e0',
      'adminId=%201',
      'adminId=+1',
      'adminId=2147483648',
      'limit=1&limit=2',
    ])
      expect({ query, status: (await desk.boss.get(`/tickets?${query}`)).status }).toEqual({
        query,
        status: 400,
      });
  });
});

test('a number in a socket event is a number, not a text that says one', async () => {
  const person = await crowd.enter(bearerOf(desk.boss));
  for (const value of [...OTHER_SPELLINGS, 1.5, -1, 2_147_483_648, 1e300, [1], {}, true]) {
    for (const [event, field] of [
      ['join_ticket', 'lastSeq'],
      ['message:read', 'upToSeq'],
    ] as const) {
      const ack = await askSlowly(event, { ticketId, [field]: value });
      expect({ event, value, ack }).toMatchObject({ ack: { ok: false, error: 'BAD_REQUEST' } });
    }
  }

  /** Within the budget of events. */
  async function askSlowly(
    event: string,
    body: object,
  ): Promise<{ ok: boolean; error?: string; retryAfter?: number }> {
    for (;;) {
      const ack = await person.ask(event, body);
      if (ack.error !== 'RATELIMIT') return ack;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});
