import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { DonorSessionsService } from '../../src/domain/donors/sessions/donor-sessions.service.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { postMessage } from '../factories/message.factory.js';
import { createStaff } from '../factories/staff.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { MATRIX, PEOPLE, type Expectation, type Place, type Who } from '../support/access-matrix.js';
import { expectRefusal, ok, type Answer, type Client } from '../support/client.js';
import { openDesk, personOf, type Desk, type Person } from '../support/desk.js';
import { expectGolden } from '../support/golden.js';
import { routesOf } from '../support/routes.js';
import { expectInvariants } from '../support/ticket-rows.js';

let desk: Desk;
let badTokens: Record<string, string>;
beforeAll(async () => {
  desk = await openDesk();
  badTokens = await tokensThatFail();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

/** Tokens of every kind that once were good, or never. */
async function tokensThatFail(): Promise<Record<string, string>> {
  const { app, config } = desk.server;
  const [staff, gone] = [await createStaff(app), await createStaff(app)];
  await desk.db.query('UPDATE users SET token_version = token_version + 1 WHERE id = $1', [gone.user.id]);
  const donor = await createDonorSession(app);
  await app.get(DonorSessionsService, { strict: false }).revoke(donor.sessionId);
  const jwt = new JwtService();
  const claims = {
    ...jwt.decode<Record<string, unknown>>(staff.token),
    exp: Math.floor(Date.now() / 1000) - 60,
  };
  return {
    expired: jwt.sign(claims, { secret: config.secrets.jwt, algorithm: 'HS256' }),
    'revoked staff': gone.token,
    'revoked donor': donor.token,
    'never issued': `cdt_${randomBytes(32).toString('base64url')}`,
    garbage: 'garbage',
  };
}

interface World {
  people: Record<Who, Client>;
  places: Record<Place, string | number>;
}

/** A ticket with all that hangs on it, owned by a colleague of those who ask; a stranger; a second ticket with a call request. */
async function world(): Promise<World> {
  const { server, colleague, link } = desk;
  const secret = { subject: 'Xanadu', description: 'Xanadu' };
  const main = await createTicket(server, { callType: 'video', ...secret });
  const asked = await ok(main.donor.post('/tickets', secret), 201);
  const stranger = await createTicket(server);
  const provisionStaff = async (role: string) => personOf(server, await createStaff(server.app, { role }));
  const [admin, boss, user] = [
    await provisionStaff('ADMIN'),
    await provisionStaff('SUPER_ADMIN'),
    await provisionStaff('ADMIN'),
  ];
  const request = await ok(link.post(`/tickets/${asked.id}/call-requests`, { mode: 'audio' }), 201);
  const message = await postMessage(main.donor, main.id, { content: 'Xanadu' });
  const reply = await postMessage(colleague, main.id, { content: 'Xanadu' });
  const { id: ticket, donorId: donor, created } = main;
  return {
    people: { link, stranger: stranger.donor, owner: main.donor, admin, boss },
    places: {
      ...{ ticket, donor, message: message.id, staffMessage: reply.id, call: created.activeCallId },
      ...{ request: request.id, requested: asked.id, user: user.id, session: await sessionOf(user) },
    },
  };
}

async function sessionOf({ id }: Person): Promise<string> {
  const { rows } = await desk.db.query<{ id: string }>('SELECT id FROM staff_logins WHERE user_id = $1', [
    id,
  ]);
  return rows[0]!.id;
}

type Places = World['places'];

function fill(text: string, places: Places): string {
  return text.replace(/\{(\w+)\}/g, (_, name: Place) => String(places[name]));
}

function fillBody(body: Expectation['body'], places: Places): unknown {
  if (body === undefined) return undefined;
  const text = JSON.stringify(body);
  return JSON.parse(text.replace(/"\{(\w+)\}"/g, (_, name: Place) => JSON.stringify(places[name])));
}

function ask(name: string, who: Client, places: Places, headers = {}): Promise<Answer> {
  const { path, body } = MATRIX[name]!;
  return who.ask(name.split(' ')[0]!, fill(path, places), fillBody(body, places), headers);
}

/** One sum over everything that a refused request might have changed. */
async function stateOfAll(): Promise<string> {
  const tables = [
    'tickets',
    'messages',
    'ticket_events',
    'calls',
    'call_requests',
    'ticket_transfers',
    'users',
    'staff_logins',
  ];
  const sums = tables.map(
    (table) =>
      `(SELECT md5(string_agg((to_jsonb(x) - 'dispatched')::text, ',' ORDER BY x::text)) FROM ${table} x)`,
  );
  const { rows } = await desk.db.query<{ sum: string }>(`SELECT concat_ws(',', ${sums.join(', ')}) AS sum`);
  return rows[0]!.sum;
}

const CODES: Record<number, string> = {
  ...{ 400: 'BAD_REQUEST', 401: 'UNAUTHORIZED', 403: 'FORBIDDEN', 404: 'NOT_FOUND', 410: 'GONE' },
};
/** What staff alone may read. */
const STAFF_ONLY = /adminToken|helpfulNotes|passwordHash|"tags"|priority"|@staff\.test/;

describe('the table', () => {
  test('has every route of the router, and no other', () => {
    const registered = routesOf(desk.server.app).map(({ name }) => name);
    expect(Object.keys(MATRIX).sort()).toEqual(registered);
  });

  test('test/api/public-routes.golden.txt lists the public ones', () => {
    const open = routesOf(desk.server.app).filter(({ access }) => access === 'public');
    expectGolden('test/api/public-routes.golden.txt', open.map(({ name }) => `${name}\n`).join(''));
  });
});

describe('who may not', () => {
  let shared: World;
  beforeAll(async () => {
    shared = await world();
  });

  test.each(Object.keys(MATRIX))('%s: is told so, and nothing is written', async (name) => {
    const { answers, ignoresToken } = MATRIX[name]!;
    const { people, places } = shared;
    const before = await stateOfAll();
    for (const [index, who] of PEOPLE.entries()) {
      const status = answers[index]!;
      if (status < 400) continue;
      const answer = await ask(name, people[who], places);
      expect({ who, status: answer.status }).toEqual({ who, status });
      if (status !== 409) expectRefusal(answer, status, CODES[status] as 'NOT_FOUND');
      expect(JSON.stringify(answer.body)).not.toContain('Xanadu');
      if (status === 404 && !ignoresToken) await expectSameAsMissing(name, people[who], places, answer);
    }
    for (const [kind, token] of Object.entries(badTokens)) {
      const answer = await ask(name, desk.link, places, { authorization: `Bearer ${token}` });
      if (ignoresToken) expect({ kind, status: answer.status }).toEqual({ kind, status: answers[0] });
      else {
        expect({ kind, status: answer.status }).toEqual({ kind, status: 401 });
        expectRefusal(answer, 401, 'UNAUTHORIZED');
      }
    }
    expect(await stateOfAll()).toBe(before);
  });

  /** Somebody else's and nobody's are not told apart. */
  async function expectSameAsMissing(
    name: string,
    who: Client,
    places: Places,
    answer: Answer,
  ): Promise<void> {
    const other = Object.fromEntries(
      Object.entries(places).map(([place, id]) => [place, typeof id === 'number' ? id : randomUUID()]),
    ) as Places;
    const missing = await ask(name, who, other);
    // A call request is looked up before its ticket, and each says which of the two was not found.
    const wording = (body: Answer['body']) => (name.includes('call-requests') ? undefined : body.message);
    const shown = ({ status, body }: Answer) => ({ status, error: body.error, message: wording(body) });
    expect(shown(answer)).toEqual(shown(missing));
  }
});

describe('who may', () => {
  const allowed = Object.entries(MATRIX).flatMap(([name, { answers }]) =>
    PEOPLE.flatMap((who, index) => (answers[index]! < 400 ? [{ name, who, status: answers[index]! }] : [])),
  );
  let reading: World;
  beforeAll(async () => {
    reading = await world();
  });

  test.each(allowed)('$name: $who', async ({ name, who, status }) => {
    const { people, places } = name.startsWith('GET') ? reading : await world();
    const answer = await ask(name, people[who], places);
    expect({ status: answer.status, error: answer.body?.error }).toEqual({ status, error: undefined });
    const text = JSON.stringify(answer.body ?? '');
    if (who === 'link' || who === 'stranger' || who === 'owner') expect(text).not.toMatch(STAFF_ONLY);
    if (who === 'stranger' && name !== 'POST tickets') expect(text).not.toContain('Xanadu');
  });
});
