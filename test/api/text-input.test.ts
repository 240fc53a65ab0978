import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { bearerOf } from '../realtime/bearer.js';
import { Crowd } from '../realtime/socket-person.js';
import { expectRefusal, ok, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
let ticket: TicketFixture;
const crowd = new Crowd(() => desk.server.url);
beforeAll(async () => {
  desk = await openDesk();
  ticket = await createTicket(desk.server);
});
afterEach(() => crowd.leave());
afterAll(() => desk.close());

const at = (path = '') => `/tickets/${ticket.id}${path}`;
const fieldsOf = ({ body }: Answer) => body.errors.map(({ location }: { location: string }) => location);
const create = (fields: object): Promise<Answer> =>
  desk.link.post('/tickets', { donorId: 'kim', donorEmail: 'kim@donors.example', ...fields });

describe('half a surrogate pair', () => {
  const HALF = 'cut \\ud83d';
  test.each([
    ['POST', () => '/tickets', `{"donorId":"k","donorEmail":"k@x.example","subject":"${HALF}"}`, 'subject'],
    ['POST', () => '/tickets', `{"donorId":"${HALF}","donorEmail":"k@x.example"}`, 'donorId'],
    [
      'POST',
      () => '/tickets',
      `{"donorId":"k","donorEmail":"k@x.example","context":{"a":["${HALF}"]}}`,
      'context.a.0',
    ],
    [
      'POST',
      () => '/tickets',
      `{"donorId":"k","donorEmail":"k@x.example","context":{"${HALF}":1}}`,
      'context',
    ],
    ['PATCH', () => at(), `{"tags":["fine","${HALF}"]}`, 'tags.1'],
    ['POST', () => at('/messages'), `{"content":"${HALF}"}`, 'content'],
    ['POST', () => '/auth/login', `{"username":"${HALF}","password":"x"}`, 'username'],
    ['PUT', () => '/users/me/profile', `{"name":"\\udc9a"}`, 'name'],
  ])('is refused: %s %s %s', async (method, path, body, field) => {
    const answer = await desk.admin.ask(method, path(), body);
    expectRefusal(answer, 400, 'BAD_REQUEST');
    expect(fieldsOf(answer)).toEqual([field]);
  });

  test.each(['/tickets?q=%ED%A0%BD', '/tickets/donor/%ED%A0%BD', '/messages/between/%ED%A0%BD/1'])(
    'is refused in the address %s',
    async (path) => {
      expectRefusal(await desk.admin.get(path), 400, 'BAD_REQUEST');
    },
  );

  test('is refused over a socket, in events and in the handshake', async () => {
    const person = await crowd.enter(bearerOf(desk.admin));
    const ack = await person.ask('message:send', {
      ticketId: ticket.id,
      content: 'x\ud83d',
      clientMessageId: 'h',
    });
    expect(ack).toMatchObject({ ok: false, error: 'BAD_REQUEST', errors: [{ location: 'content' }] });
    const { errors } = await person.ask('call:signal', { callId: ticket.id, data: { sdp: ['\udc9a'] } });
    expect(errors).toMatchObject([{ location: 'data.sdp.0' }]);
    await expect(crowd.enter('\ud83d')).rejects.toThrow();
  });

  test('a whole emoji is stored as it came', async () => {
    const { content } = await ok(desk.admin.post(at('/messages'), { content: '\u{1F49A}' }), 201);
    expect(content).toBe('\u{1F49A}');
  });
});

describe('text that shows nothing', () => {
  const INVISIBLE = ['\u200b', '\u2060', '\u00ad', '\u2800', '\u3164', '\u200e', '\ufe0f', ' \u200d\n'];
  test.each(INVISIBLE)('%j is no message, name, subject or tag', async (text) => {
    expect(fieldsOf(await desk.admin.post(at('/messages'), { content: text }))).toEqual(['content']);
    expect(fieldsOf(await desk.admin.post(at('/notes'), { content: text }))).toEqual(['content']);
    expect(fieldsOf(await create({ donorName: text }))).toEqual(['donorName']);
    expect(fieldsOf(await create({ subject: text }))).toEqual(['subject']);
    expect(fieldsOf(await desk.admin.patch(at(), { tags: [text] }))).toEqual(['tags']);
    expect(fieldsOf(await desk.admin.put('/users/me/profile', { name: text }))).toEqual(['name']);
    expect(fieldsOf(await desk.admin.post(at('/call-requests'), { mode: 'audio', message: text }))).toEqual([
      'message',
    ]);
    const person = await crowd.enter(bearerOf(desk.admin));
    const ack = await person.ask('message:send', {
      ticketId: ticket.id,
      content: text,
      clientMessageId: randomUUID(),
    });
    expect(ack).toMatchObject({ ok: false, errors: [{ location: 'content' }] });
  });

  test('as description it says as much as none', async () => {
    expect((await ok(create({ description: ' \u200b' }), 201)).description).toBeNull();
    const changed = await ok(
      desk.admin.patch(at(), { description: '\u00ad', subject: '\u200b', helpfulNotes: ' ' }),
    );
    expect([changed.description, changed.subject, changed.helpfulNotes]).toEqual([null, null, null]);
  });
});

describe('what looks the same is the same', () => {
  test('names and tags are stored composed, and found whichever way they are asked for', async () => {
    const made = await ok(create({ donorName: ' Jose\u0301 ', subject: 'Cafe\u0301' }), 201);
    expect([made.donorName, made.subject]).toEqual(['José', 'Café']);
    await ok(desk.admin.patch(`/tickets/${made.id}`, { tags: ['re\u0301union', 'aid', 'réunion'] }));
    for (const tag of ['re\u0301union', 'réunion']) {
      const found = await ok(desk.admin.get(`/tickets?tag=${encodeURIComponent(tag)}`));
      expect(found.map(({ id }: { id: string }) => id)).toEqual([made.id]);
      expect(found[0].tags).toEqual(['réunion', 'aid']);
    }
  });

  test('an address is trimmed and composed', async () => {
    const made = await ok(create({ donorEmail: ' jose\u0301@donors.example ' }), 201);
    expect(made.donorEmail).toBe('josé@donors.example');
    const person = await ok(
      desk.boss.post('/users', {
        username: 'nfc ',
        name: 'Rene\u0301',
        email: 'rene\u0301@charity.example ',
      }),
      201,
    );
    expect(person).toMatchObject({ username: 'nfc', name: 'René', email: 'rené@charity.example' });
  });
});

describe('an address that cannot be mailed', () => {
  test.each([
    '"john doe"@x.example',
    '"a@b"@x.example',
    'ann@x',
    'ann@x.example, bob@x.example',
    'Ann <a@x.example>',
  ])('%s is refused wherever one is given', async (email) => {
    expect(fieldsOf(await create({ donorEmail: email }))).toEqual(['donorEmail']);
    expect(fieldsOf(await desk.link.post('/auth/donor/link', { email }))).toEqual(['email']);
    expect(fieldsOf(await desk.admin.put('/users/me/profile', { email }))).toEqual(['email']);
    expect(fieldsOf(await desk.boss.post('/users', { username: 'mailless', name: 'M', email }))).toEqual([
      'email',
    ]);
  });
});
