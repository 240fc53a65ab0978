import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, contentOf, MemoryStorage, TicketViewer, until } from '../support/ticket-viewer.js';
import { UnrulyServer } from '../support/unruly-server.js';
import type { Connection } from '../../web/client/live/connection.js';

const TICKET = '0b8f1f0e-54a4-4c0f-8c53-6d2d0a2b7a03';

let server: UnrulyServer;
let connection: Connection;

beforeEach(async () => {
  server = await UnrulyServer.start();
  connection = connect(server.url, { timing: { ackTimeout: 100 } });
});

afterEach(async () => {
  connection.close();
  await server.stop();
});

const stored = (): unknown[] => server.log(TICKET).map(contentOf);
/** Until every message is in the thread and none is left in the outbox. */
const delivered = (viewer: TicketViewer) =>
  until(
    () => viewer.outbox.length === 0 && viewer.events.length === server.log(TICKET).length,
    () => viewer.outbox,
  );

describe('unsent messages', () => {
  const storage = new MemoryStorage();
  const mine = { storage, sender: { senderId: 'donor-7', senderType: 'donor' } } as const;

  /** A page that has written two messages to nobody and is reloaded. */
  async function writeAndLeave(): Promise<void> {
    const offline = connect('http://127.0.0.1:1');
    const writer = new TicketViewer(offline, TICKET, mine);
    writer.stream.send('one');
    writer.stream.send('two');
    await until(() => writer.outboxStates.join() === 'failed,failed');
    offline.close();
  }

  it('survive a reload and are sent then, in order', async () => {
    await writeAndLeave();
    const reloaded = new TicketViewer(connection, TICKET, mine);
    expect(reloaded.outboxStates).toEqual(['sending', 'sending']);
    await delivered(reloaded);
    expect(stored()).toEqual(['one', 'two']);
    expect(storage.items.size).toBe(0);
  });

  it('are told to the owner once it holds the stream', async () => {
    await writeAndLeave();
    let listed: unknown[] | undefined;
    const stream = connection.ticket(TICKET, {
      ...mine,
      onEvents: () => undefined,
      onReset: async () => undefined,
      onOutbox: () => (listed ??= stream.outbox.map((entry) => entry.content)),
    });
    expect(listed).toBeUndefined();
    await until(() => listed !== undefined);
    expect(listed).toEqual(['one', 'two']);
    await until(() => stream.outbox.length === 0);
  });

  it('belong to their writer', async () => {
    await writeAndLeave();
    const other = new TicketViewer(connection, TICKET, {
      storage,
      sender: { senderId: '4', senderType: 'admin' },
    });
    expect(other.outbox).toEqual([]);
    await delivered(new TicketViewer(connection, TICKET, mine));
  });

  it('that the snapshot already shows are not shown again', async () => {
    server.trip('message:send', 'lose-answer');
    server.trip('POST messages', 'lose', 'lose', 'lose');
    server.faults = { drop: 1, duplicate: 0, delay: 0, delayMs: 0 };
    const writer = new TicketViewer(connection, TICKET, mine);
    await until(() => writer.stream.state === 'live');
    const id = writer.stream.send('one');
    await until(() => stored().length === 1);
    writer.stream.close();
    const reloaded = new TicketViewer(connection, TICKET, { ...mine, lastSeq: 1, clientMessageIds: [id] });
    expect(reloaded.outbox).toEqual([]);
    expect(storage.items.size).toBe(0);
  });

  it('that were stored before the snapshot leave the outbox once the server has said so', async () => {
    storage.setItem(
      `concierge:outbox:donor-7:${TICKET}`,
      JSON.stringify([
        { clientMessageId: 'c1', content: 'one', createdAt: '2026-11-20T10:00:00.000Z', state: 'sending' },
      ]),
    );
    server.append(TICKET, 'message.posted', { id: 'm1', content: 'one', clientMessageId: 'c1' });
    const reloaded = new TicketViewer(connection, TICKET, { ...mine, lastSeq: 1 });
    await until(() => reloaded.outbox.length === 0);
    expect(stored()).toEqual(['one']);
  });

  it('of two tabs do not erase each other', async () => {
    const offline = connect('http://127.0.0.1:1');
    const [first, second] = [
      new TicketViewer(offline, TICKET, mine),
      new TicketViewer(offline, TICKET, mine),
    ];
    first.stream.send('one');
    second.stream.send('two');
    offline.close();
    const reloaded = new TicketViewer(connection, TICKET, mine);
    await delivered(reloaded);
    expect(stored()).toEqual(['one', 'two']);
  });

  it('are sent all the same when the storage is full or holds nonsense, and the owner is told', async () => {
    const problems: unknown[] = [];
    const told = connect(server.url, { onProblem: (error) => problems.push(error) });
    const broken = new MemoryStorage();
    broken.setItem(`concierge:outbox::${TICKET}`, '{"half');
    broken.full = true;
    const writer = new TicketViewer(told, TICKET, { storage: broken });
    writer.stream.send('one');
    await delivered(writer);
    expect(stored()).toEqual(['one']);
    expect(problems).toEqual(
      expect.arrayContaining([expect.any(SyntaxError), new Error('QuotaExceededError')]),
    );
    told.close();
  });
});
