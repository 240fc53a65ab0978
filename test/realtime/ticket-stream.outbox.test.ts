import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, contentOf, TicketViewer, until } from '../support/ticket-viewer.js';
import { UnrulyServer } from '../support/unruly-server.js';
import type { Connection, ConnectionOptions } from '../../web/client/live/connection.js';

const TICKET = '0b8f1f0e-54a4-4c0f-8c53-6d2d0a2b7a02';
const unavailable = { error: 'SERVICE_UNAVAILABLE', status: 503 } as const;
const closed = { error: 'TICKET_CLOSED', status: 409 } as const;
const nothingArrives = { drop: 1, duplicate: 0, delay: 0, delayMs: 0 };
const noSocket = {
  socketOptions: { path: '/nowhere', transports: ['polling'], reconnectionDelay: 5 },
  timing: { pollEvery: 25 },
};
/** For tests that lose answers. */
const impatient = { timing: { ackTimeout: 100 } };

let server: UnrulyServer;
let connection: Connection;
let viewer: TicketViewer;

beforeEach(async () => {
  server = await UnrulyServer.start();
  await open();
});

afterEach(async () => {
  connection.close();
  await server.stop();
});

async function open(options: Partial<ConnectionOptions> = {}): Promise<void> {
  connection = connect(server.url, options);
  viewer = new TicketViewer(connection, TICKET);
  await until(() => viewer.stream.state === 'live');
}

const reopen = (options: Partial<ConnectionOptions>): Promise<void> => {
  connection.close();
  return open(options);
};

const stored = (): unknown[] => server.log(TICKET).map(contentOf);
/** Until every message is in the thread and none is left in the outbox. */
const delivered = (from = viewer) =>
  until(
    () => from.outbox.length === 0 && from.events.length === server.log(TICKET).length,
    () => from.outbox,
  );

describe('a message', () => {
  it('is shown at once, stored, and then shown as part of the thread, never twice', async () => {
    viewer.stream.send('Hello');
    expect(viewer.texts).toEqual(['Hello']);
    expect(viewer.outboxStates).toEqual(['sending']);
    await delivered();
    expect(viewer.texts).toEqual(['Hello']);
    expect(viewer.doubles).toEqual([]);
  });

  it('counts as sent when the ack comes before the event', async () => {
    server.faults = nothingArrives;
    viewer.stream.send('Hello');
    await until(() => viewer.outboxStates[0] === 'sent');
    expect(viewer.events).toEqual([]);
    server.announceHead(TICKET);
    await delivered();
    expect(viewer.texts).toEqual(['Hello']);
    expect(viewer.doubles).toEqual([]);
  });

  it('waits for no ack once its event has come', async () => {
    server.trip('message:send', 'lose-answer');
    viewer.stream.send('Hello');
    await delivered();
    expect(stored()).toEqual(['Hello']);
    expect(server.count('POST messages')).toBe(0);
  });

  it('is stored once although ack, event and HTTP answer are lost', async () => {
    await reopen(impatient);
    server.faults = nothingArrives;
    server.trip('message:send', 'lose-answer');
    server.trip('POST messages', 'lose-answer', 'garbage');
    viewer.stream.send('Hello');
    await until(() => viewer.outboxStates[0] === 'sent');
    expect(stored()).toEqual(['Hello']);
    server.announceHead(TICKET);
    await delivered();
    expect(viewer.doubles).toEqual([]);
  });

  it('goes by REST when the socket does not answer', async () => {
    await reopen(impatient);
    server.trip('message:send', 'lose');
    const id = viewer.stream.send('Hello', { attachmentIds: ['a1'] });
    await delivered();
    const [request] = server.received.filter(({ name }) => name === 'POST messages');
    expect(request?.body).toMatchObject({ content: 'Hello', clientMessageId: id, attachmentIds: ['a1'] });
  });

  it('goes by REST, and comes back, while there is no socket at all', async () => {
    const offline = connect(server.url, noSocket);
    const writer = new TicketViewer(offline, TICKET, { donorId: 'donor-7' });
    writer.stream.send('Hello');
    await delivered(writer);
    const [request] = server.received.filter(({ name }) => name === 'POST messages');
    expect(request?.body).toMatchObject({ senderId: 'donor-7', senderType: 'donor' });
    expect(writer.doubles).toEqual([]);
    offline.close();
  });

  it('is refused for good when the server says so, and others go on', async () => {
    server.trip('message:send', closed);
    const id = viewer.stream.send('Too late');
    viewer.stream.send('Still there?');
    await until(() => viewer.events.length === 1);
    expect(viewer.outbox).toMatchObject([
      { content: 'Too late', state: 'failed', retryable: false, reason: { code: 'TICKET_CLOSED' } },
    ]);
    viewer.stream.discard(id);
    expect(viewer.outbox).toEqual([]);
    expect(stored()).toEqual(['Still there?']);
  });

  it('may be sent again by the user after a refusal', async () => {
    server.trip('message:send', closed);
    const id = viewer.stream.send('Reopened?');
    await until(() => viewer.outboxStates[0] === 'failed');
    viewer.stream.retry(id);
    await delivered();
    expect(stored()).toEqual(['Reopened?']);
  });

  it('counts as not sent after some attempts, takes the queue with it, and goes in order when retried', async () => {
    server.trip('message:send', unavailable, unavailable, unavailable);
    const id = viewer.stream.send('one');
    viewer.stream.send('two');
    await until(() => viewer.outboxStates.join() === 'failed,failed');
    expect(viewer.outbox[0]).toMatchObject({ retryable: true, reason: { code: 'SERVICE_UNAVAILABLE' } });
    viewer.stream.retry(id);
    await delivered();
    expect(stored()).toEqual(['one', 'two']);
  });

  it('goes by itself when the connection is back', async () => {
    await server.stop();
    viewer.stream.send('one');
    viewer.stream.send('two');
    await until(() => viewer.outboxStates.join() === 'failed,failed');
    await server.start();
    await delivered();
    expect(stored()).toEqual(['one', 'two']);
  });

  it('is not sent before the time a 429 names', async () => {
    server.trip('message:send', { error: 'RATELIMIT', status: 429, retryAfter: 3_600 });
    viewer.stream.send('one');
    await until(() => viewer.outbox[0]?.retryAt !== undefined);
    expect(viewer.outbox[0]).toMatchObject({ state: 'sending', reason: { code: 'RATELIMIT' } });
    expect(viewer.outbox[0]!.retryAt! - Date.now()).toBeGreaterThan(3_000_000);
    viewer.stream.send('two');
    connection.wake();
    server.append(TICKET);
    await until(() => viewer.events.length === 1);
    expect(server.count('message:send') + server.count('POST messages')).toBe(1);
  });

  it('is sent after the time a 429 names', async () => {
    server.trip('message:send', { error: 'RATELIMIT', status: 429, retryAfter: 0.05 });
    viewer.stream.send('one');
    await delivered();
    expect(stored()).toEqual(['one']);
  });

  it('given up while under way lets the next one go', async () => {
    await reopen(impatient);
    server.trip('message:send', 'lose');
    server.trip('POST messages', { error: 'RATELIMIT', status: 429, retryAfter: 3_600 });
    const id = viewer.stream.send('one');
    viewer.stream.discard(id);
    viewer.stream.send('two');
    await until(() => stored().includes('two'));
    expect(stored()).toEqual(['two']);
  });
});

describe('many messages', () => {
  it('keep their order and their number, whatever happens to sockets, acks, answers and events', async () => {
    await reopen(impatient);
    server.faults = { drop: 0.2, duplicate: 0.2, delay: 0.2, delayMs: 10 };
    server.trip(
      'message:send',
      ...Array.from({ length: 4 }, () => ['lose-answer', 'lose', unavailable, 'garbage'] as const).flat(),
    );
    server.trip(
      'POST messages',
      ...Array.from({ length: 4 }, () => ['lose-answer', unavailable, 'lose', 'garbage'] as const).flat(),
    );
    const texts = Array.from({ length: 40 }, (_, index) => `message ${index}`);
    const scissors = setInterval(() => server.cutSockets(), 200);
    for (const text of texts) viewer.stream.send(text);
    await until(() => stored().length === texts.length);
    clearInterval(scissors);
    server.faults = { ...server.faults, drop: 0 };
    server.append(TICKET);
    await delivered();
    expect(stored().slice(0, -1)).toEqual(texts);
    expect(viewer.texts).toEqual(texts);
    expect(viewer.doubles).toEqual([]);
  });
});
