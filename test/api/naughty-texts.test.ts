import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { showsSomething } from '../../src/contract/text.js';
import { tidy } from '../../src/platform/http/validation/text.decorator.js';
import { createStaff } from '../factories/staff.factory.js';
import { createTicket, createTicketIn, type TicketFixture } from '../factories/ticket.factory.js';
import { bearerOf } from '../realtime/bearer.js';
import { Crowd } from '../realtime/socket-person.js';
import { ok, type Answer } from '../support/client.js';
import { openDesk, personOf, type Desk, type Person } from '../support/desk.js';
import { FakeSmtp } from '../support/fake-smtp.js';
import { NAUGHTY_TEXTS } from '../support/naughty-texts.js';
import { writeRoutes, type ValueOf, type TextPlace, type WriteRoute } from '../support/openapi-bodies.js';
import { login } from './auth-client.js';

const TEXTS = Object.entries(NAUGHTY_TEXTS);
const ROUTES = writeRoutes();

jest.setTimeout(120_000);

let desk: Desk;
let smtp: FakeSmtp;
/** A super admin of each test's own: an access token ends after a quarter of an hour. */
let boss: Person;
const crowd = new Crowd(() => desk.server.url);
beforeAll(async () => {
  smtp = await FakeSmtp.start();
  desk = await openDesk({ mail: { smtpUrl: smtp.url, from: 'Desk <desk@charity.example>', delay: 0 } });
  await desk.db.query(`UPDATE users SET availability = 'away'`);
});
beforeEach(async () => {
  boss = personOf(
    desk.server,
    await createStaff(desk.server.app, { name: 'Cleo', role: 'SUPER_ADMIN', availability: 'away' }),
  );
});
afterAll(async () => {
  crowd.leave();
  await desk.close();
  await smtp.close();
});

/** What stands in the places of a route's address, and who asks. */
interface Scene {
  ticket: TicketFixture;
  messageId: string;
  callId: string;
}

const isForDonors = (name: string): boolean =>
  name.endsWith('rating') || name.endsWith('call-requests') || name.includes('/donors/');
/** What is asked for once is answered with what is there, and a ticket has so many tags. */
const needsNewTicket = (name: string): boolean => name.endsWith('call-requests') || name.endsWith('bulk');

async function sceneFor({ name }: WriteRoute): Promise<Scene> {
  if (needsNewTicket(name)) return { ticket: await createTicket(desk.server), messageId: '', callId: '' };
  const cast = { owner: boss, heirId: desk.admin.id };
  const ticket = await createTicketIn(desk.server, name.endsWith('rating') ? 'resolved' : 'pending', cast);
  const post = () => boss.post(`/tickets/${ticket.id}/messages`, { content: 'x' });
  const messageId = name.includes('messages/{id}') ? (await ok(post(), 201)).id : randomUUID();
  return { ticket, messageId, callId: randomUUID() };
}

function addressOf({ path }: WriteRoute, { ticket, messageId, callId }: Scene): string {
  return path
    .replace('{ticketId}', ticket.id)
    .replace('tickets/{id}', `tickets/${ticket.id}`)
    .replace('messages/{id}', `messages/${messageId}`)
    .replace('calls/{id}', `calls/${callId}`)
    .replace('users/{id}', `users/${desk.colleague.id}`);
}

let others = 0;
const valuesFor =
  ({ ticket }: Scene): ValueOf =>
  (field) => {
    others += 1;
    const values: Record<string, unknown> = {
      donorId: `donor-${others}`,
      donorEmail: `donor-${others}@donors.example`,
      email: `person-${others}@charity.example`,
      username: `person-${others}`,
      password: 'a good password',
      ticketId: ticket.id,
      ids: [ticket.id],
      toAdminId: others % 2 === 0 ? desk.admin.id : desk.colleague.id,
      clientMessageId: randomUUID(),
      action: 'tag',
    };
    return values[field];
  };

type Read = (scene: Scene, answer: Answer, text: string) => unknown;

const opens = async (username: string, password: string): Promise<string> =>
  (await login(desk.server, username, password)).status === 200 ? password : 'opens nothing';

/** Where an answer does not show what was sent. */
const READ: Record<string, Read> = {
  'POST /tickets topic': (_, { body }) => body.subject,
  'POST /tickets/{id}/rating comment': (_, { body }) => body.ratingComment,
  'POST /tickets/{id}/transfer transferNotes': async ({ ticket }) =>
    (await ok(boss.get(`/tickets/${ticket.id}/transfers`))).at(-1).transferNotes,
  'POST /tickets/bulk tag': async ({ ticket }) => (await ok(boss.get(`/tickets/${ticket.id}`))).tags.at(-1),
  'POST /users password': (_, { body }, text) => opens(body.username, text),
  'PUT /users/{id}/password password': (_scene, _answer, text) => opens(desk.colleague.username, text),
};

/** The places where some of the texts must be kept. */
const KEPT: Record<string, string[]> = {
  'POST /tickets': ['description', 'donorEmail', 'donorId', 'donorName', 'subject', 'topic'],
  'POST /tickets/bulk': ['tag'],
  'PATCH /tickets/{id}': [
    ...['context.x', 'description', 'donorEmail', 'donorName', 'helpfulNotes', 'subject', 'tags.0'],
  ],
  'PUT /tickets/{id}': [
    ...['context.x', 'description', 'donorEmail', 'donorName', 'helpfulNotes', 'subject', 'tags.0'],
  ],
  'POST /tickets/{id}/call-requests': ['message'],
  'POST /tickets/{id}/rating': ['comment'],
  'POST /tickets/{id}/transfer': ['transferNotes'],
  'POST /tickets/{ticketId}/messages': ['clientMessageId', 'content'],
  'PUT /tickets/{ticketId}/messages/{id}': ['content'],
  'POST /tickets/{ticketId}/notes': ['clientMessageId', 'content'],
  'POST /users': ['email', 'name', 'password', 'username'],
  'PUT /users/me/profile': ['name'],
  'PATCH /users/{id}': ['name'],
  'PUT /users/{id}/password': ['password'],
  'PUT /users/{id}/skills': ['skills.0.skill'],
};

const within = (value: unknown, location: string): unknown =>
  location
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);

/** How a field may keep a text: as it is, or trimmed and composed; what shows nothing may be none. */
function formsOf(text: string, location: string): unknown[] {
  const forms = [text, tidy(text), ...(showsSomething(text) ? [] : [null])];
  return location === 'username' ? forms.map((form) => form?.toLowerCase()) : forms;
}

/** Says in words what is wrong; a bad request names a field of the body. */
function expectClearRefusal({ status, body }: Answer, where: object): void {
  expect({ where, status: status >= 400 && status < 500 ? 'refused' : status }).toEqual({
    where,
    status: 'refused',
  });
  expect(body).toMatchObject({
    success: false,
    message: expect.stringMatching(/\S/),
    error: expect.stringMatching(/^[A-Z_]+$/),
  });
  expect(JSON.stringify(body)).not.toMatch(/prisma|postgres|node_modules|\bat .*\.[jt]s:/i);
}

/** What became of it: kept as one of its forms, refused in clear words, or taken by an answer that does not show it. */
async function send(route: WriteRoute, scene: Scene, place: TextPlace, text: string): Promise<Answer> {
  const valueOf = valuesFor(scene);
  const named = route.name === 'POST /tickets' ? ['donorId', 'donorEmail'] : [];
  const given = Object.fromEntries(named.map((field) => [field, valueOf(field)]));
  const client = isForDonors(route.name) ? scene.ticket.donor : boss;
  const body = { ...given, ...place.bodyWith(text, valueOf) };
  return client.ask(route.method, addressOf(route, scene), body);
}

describe('a naughty text in each text of each body', () => {
  test.each(ROUTES.map((route) => [route.name, route] as const))(
    'is kept or refused: %s',
    async (name, route) => {
      const kept = new Set<string>();
      const shared = await sceneFor(route);
      for (const place of route.texts)
        for (const [kind, text] of place.isEnumerated ? TEXTS.slice(0, 8) : TEXTS) {
          const scene = needsNewTicket(name) ? await sceneFor(route) : shared;
          const { location } = place;
          const where = { location, kind };
          const answer = await send(route, scene, place, text);
          if (answer.status >= 300) {
            expectClearRefusal(answer, where);
            continue;
          }
          const read = READ[`${name} ${location}`];
          const found = await (read?.(scene, answer, text) ?? within(answer.body, location));
          if (found === undefined) continue;
          kept.add(location);
          const form = formsOf(text, location).includes(found) ? 'same' : found;
          expect({ where, form }).toEqual({ where, form: 'same' });
        }
      expect([...kept]).toEqual(expect.arrayContaining(KEPT[name] ?? []));
    },
  );

  test('was tried wherever a text must be kept', () => {
    expect(ROUTES.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(KEPT)));
  });
});

describe('a naughty text over a socket', () => {
  const EVENTS: [string, string, () => object][] = [
    ['authorize', 'token', () => ({})],
    ['join_ticket', 'donorId', () => ({})],
    ['message:send', 'content', () => ({ clientMessageId: randomUUID() })],
    ['message:send', 'clientMessageId', () => ({ content: 'x' })],
    ['message:send', 'senderId', () => ({ content: 'x', clientMessageId: randomUUID() })],
    ['ticket:typing', 'ticketId', () => ({ isTyping: true })],
    ['message:read', 'ticketId', () => ({ upToSeq: 1 })],
    ['call:enter', 'token', () => ({ callId: randomUUID() })],
    ['call:signal', 'to', () => ({ callId: randomUUID(), data: 'x' })],
  ];

  test.each(EVENTS)('is kept or refused: %s %s', async (event, field, more) => {
    const { id } = await createTicket(desk.server);
    for (const [kind, text] of TEXTS) {
      // A socket each: what one sends at once is bounded.
      const person = await crowd.enter(bearerOf(boss));
      const ack = await person.ask(event, { ticketId: id, ...more(), [field]: text });
      person.socket.disconnect();
      const refused = { ok: false, error: expect.stringMatching(/^[A-Z_]+$/), message: expect.any(String) };
      expect({ kind, ack }).toEqual({ kind, ack: expect.objectContaining(ack.ok ? { ok: true } : refused) });
      expect(['INTERNAL', 'INTERNAL_SERVER_ERROR']).not.toContain(ack.error);
      if (ack.ok && event === 'message:send')
        expect({ kind, form: formsOf(text, field).includes(ack.message[field]) }).toEqual({
          kind,
          form: true,
        });
    }
  });
});
