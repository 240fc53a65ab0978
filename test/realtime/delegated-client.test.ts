import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SWEEP_EVERY_MS } from '../../src/reactions/realtime/server/realtime-timing.js';
import { delegated, firstKey, unixNow } from '../factories/delegated-token.factory.js';
import { postMessage } from '../factories/message.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { DelegatedClient } from '../support/delegated-client.js';
import { Crowd } from './socket-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);
const clients: DelegatedClient[] = [];

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => {
  crowd.leave();
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => desk.close());

/** A trusted backend is another process: all it shares with the desk is the secret. */
async function signedElsewhere(claims: object): Promise<string> {
  const code = `
    const { createHmac } = require('node:crypto');
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = part({ alg: 'HS256', typ: 'JWT' }) + '.' + part(JSON.parse(process.argv[1]));
    const signature = createHmac('sha256', process.env.JWT_SECRET_KEY).update(body).digest('base64url');
    process.stdout.write(body + '.' + signature);`;
  const secret = firstKey(desk.server).key.export().toString();
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code, JSON.stringify(claims)], {
    env: { JWT_SECRET_KEY: secret },
  });
  return stdout;
}

async function listen(token: string): Promise<DelegatedClient> {
  const client = await DelegatedClient.connect(desk.server.url, token);
  clients.push(client);
  return client;
}

const INTEGER = expect.any(Number);
const CUSTOMER = { id: 'user-7', username: 'Kim', email: 'kim@shop.test', role: 'CUSTOMER' };

describe('the example client of the Delegated Tickets API', () => {
  it('hears of its tickets with a token signed elsewhere, in snake_case objects', async () => {
    const token = await signedElsewhere({ ...CUSTOMER, iat: unixNow() });
    const backend = new Client(desk.server, { authorization: `Bearer ${token}` });
    const client = await listen(token);
    const ticket = await ok(backend.post('/tickets', { topic: 'Receipt', description: 'Where is it?' }), 201);
    const mine = await ok(backend.post(`/tickets/${ticket.id}/messages`, { content: 'Anybody there?' }), 201);
    expect(mine).toMatchObject({
      ticket_id: ticket.id,
      author_id: 'user-7',
      author_name: 'Kim',
      content: 'Anybody there?',
    });
    const reply = await postMessage(desk.admin, ticket.id, { content: 'Hello' });
    await ok(desk.admin.put(`/tickets/${ticket.id}/messages/${reply.id}`, { content: 'Hello!' }));
    await ok(desk.admin.delete(`/tickets/${ticket.id}/messages/${reply.id}`));
    await ok(desk.admin.put(`/tickets/${ticket.id}/close`));
    await client.heard('ticket_closed');
    const message = {
      ...{ id: reply.id, ticket_id: ticket.id, author_id: String(desk.admin.id), author_name: 'Ada' },
      ...{ attachments: [], created_at: INTEGER, updated_at: INTEGER },
    };
    const of = (name: string) =>
      client.received.filter(([event, { id }]) => event === name && id === reply.id);
    expect(of('message')).toEqual([['message', expect.objectContaining({ ...message, content: 'Hello' })]]);
    expect(of('edit_message')).toEqual([
      ['edit_message', expect.objectContaining({ ...message, content: 'Hello!' })],
    ]);
    expect(of('delete_message')).toEqual([
      ['delete_message', expect.objectContaining({ id: reply.id, ticket_id: ticket.id })],
    ]);
    expect(client.received.filter(([event]) => event === 'ticket_closed')).toEqual([
      [
        'ticket_closed',
        expect.objectContaining({
          ...{
            id: ticket.id,
            user_id: 'user-7',
            topic: 'Receipt',
            description: 'Where is it?',
            status: 'closed',
          },
          ...{ created_at: INTEGER, updated_at: INTEGER, user_role: 'CUSTOMER' },
          ...{ support_role: 'GENERAL', issue_level: 'NORMAL' },
        }),
      ],
    ]);
    expect(client.errors).toEqual([]);
  });

  it('hears an error when its token is no good, and nothing after it', async () => {
    const good = await delegated(desk.server);
    const client = await listen(await signedElsewhere({ ...CUSTOMER, role: 'ROOT', iat: unixNow() }));
    const { id } = await ok(good.client.post('/tickets', { topic: 'x' }), 201);
    await postMessage(desk.admin, id, { content: 'Hello' });
    await client.failed();
    expect(client.errors).toEqual([
      { error: 'UNAUTHORIZED', message: expect.stringMatching(/TEMP_USER, CUSTOMER, AGENT, ADMIN/) },
    ]);
    expect(client.received).toEqual([]);
  });
});

describe('a verified donor on two devices', () => {
  it('sees the same conversation live on both; a guest of the same donorId sees none of it', async () => {
    const kim = await delegated(desk.server);
    const phone = await delegated(desk.server, { id: kim.id });
    const { donorToken } = await ok(desk.link.post('/auth/donor', { token: kim.token }));
    const guest = await createTicket(desk.server, { donorId: kim.id, donorEmail: `${kim.id}@shop.test` });
    const [one, two, three, outsider] = await Promise.all([
      crowd.enter(kim.token),
      crowd.enter(phone.token),
      crowd.enter(donorToken),
      crowd.enter(guest.created.donorToken),
    ]);
    const { id } = await ok(kim.client.post('/tickets', { topic: 'Mine' }), 201);
    const body = { ticketId: id, content: 'From the phone', clientMessageId: 'a' };
    const { message } = await two.must('message:send', body);
    await postMessage(desk.admin, id, { content: 'Hello both' });
    for (const device of [one, two, three]) {
      await device.next('message', ({ content }) => content === 'Hello both');
      await device.settle();
      expect(device.seqs(id).slice(0, 2)).toEqual([1, 2]);
      expect(device.payloads('message')[0]).toMatchObject({ id: message.id });
      expect((await device.must('join_ticket', { ticketId: id })).events.length).toBeGreaterThanOrEqual(3);
    }
    expect(await outsider.ask('join_ticket', { ticketId: id })).toMatchObject({
      ok: false,
      error: 'NOT_FOUND',
    });
    await outsider.settle();
    expect(outsider.received).toEqual([]);
    // And the other way round: what the guest does stays the guest's.
    await postMessage(desk.admin, guest.id, { content: 'Hello guest' });
    await outsider.next('message');
    for (const device of [one, two, three]) {
      await device.settle();
      expect(device.seqs(guest.id)).toEqual([]);
    }
  });
});

describe('a delegated token that ends', () => {
  it('ends the live socket', async () => {
    expect(SWEEP_EVERY_MS).toBeLessThanOrEqual(5_000);
    // Sixty seconds of clock skew are forgiven, so this one has two left.
    const kim = await delegated(desk.server, { exp: unixNow() - 58 });
    const person = await crowd.enter(kim.token);
    await person.gone();
    expect(person.payloads('error')).toEqual([
      { error: 'UNAUTHORIZED', message: expect.stringMatching(/expired/) },
    ]);
  });

  it('ends the socket of staff who were deactivated', async () => {
    const agent = await delegated(desk.server, { role: 'AGENT' });
    const person = await crowd.enter(agent.token);
    await person.must('admin_join_ticket_monitor');
    await desk.db.query('UPDATE users SET is_active = false WHERE external_id = $1', [`jwt::${agent.id}`]);
    await person.gone();
    expect(person.payloads('error')).toMatchObject([{ error: 'UNAUTHORIZED' }]);
  });
});
