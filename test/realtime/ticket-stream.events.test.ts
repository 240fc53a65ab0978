import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, TicketViewer, until } from '../support/ticket-viewer.js';
import { UnrulyServer } from '../support/unruly-server.js';
import type { Connection } from '../../web/client/live/connection.js';

const TICKET = '7d4e8c1a-0b52-4a57-9a54-0f2f7f3c1d11';
const pollingOnly = {
  socketOptions: { path: '/nowhere', transports: ['websocket'] },
  timing: { pollEvery: 25 },
};
const unavailable = { error: 'SERVICE_UNAVAILABLE', status: 503 } as const;

let server: UnrulyServer;
let connection: Connection;

beforeEach(async () => {
  server = await UnrulyServer.start(Number(process.env['SEED'] ?? 1));
  connection = connect(server.url);
});

afterEach(async () => {
  connection.close();
  await server.stop();
});

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
const appendMany = (count: number, ticketId = TICKET) => {
  for (let index = 0; index < count; index++) server.append(ticketId);
};

/** Until the viewer is where the log is, with nothing missing, repeated or out of order. */
async function converged(viewer: TicketViewer, ticketId = TICKET): Promise<void> {
  const length = () => server.log(ticketId).length;
  const state = () => [viewer.stream.state, viewer.stream.reason?.code, viewer.seqs.length, length()];
  await until(() => viewer.stream.lastSeq === length() && viewer.stream.state === 'live', state);
  expect(viewer.seqs).toEqual(upTo(length()));
}

describe('events of a ticket', () => {
  it('are replayed from the start, page by page, and then live', async () => {
    server.pageSize = 10;
    appendMany(35);
    const viewer = new TicketViewer(connection, TICKET);
    await converged(viewer);
    appendMany(3);
    await converged(viewer);
  });

  it('start after the snapshot the owner has', async () => {
    appendMany(5);
    const viewer = new TicketViewer(connection, TICKET, { lastSeq: 4 });
    await until(() => viewer.stream.state === 'live');
    expect(viewer.seqs).toEqual([5]);
  });

  it('survive drops, repetitions and delays', async () => {
    const viewer = new TicketViewer(connection, TICKET);
    await converged(viewer);
    server.faults = { drop: 0.2, duplicate: 0.2, delay: 0.3, delayMs: 15 };
    for (let round = 0; round < 30; round++) {
      appendMany(10);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    server.announceHead(TICKET);
    await converged(viewer);
    expect(viewer.seqs).toHaveLength(300);
  });

  it('survive sockets that are cut every 200 ms while 500 messages flow', async () => {
    const viewer = new TicketViewer(connection, TICKET);
    await converged(viewer);
    server.faults = { drop: 0.05, duplicate: 0.05, delay: 0.1, delayMs: 10 };
    const scissors = setInterval(() => server.cutSockets(), 200);
    for (let round = 0; round < 100; round++) {
      appendMany(5);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    clearInterval(scissors);
    server.faults.drop = 0;
    appendMany(1);
    await converged(viewer);
    expect(viewer.seqs).toHaveLength(501);
    expect(viewer.states).toContain('catching-up');
  });

  it('that only change places are not fetched', async () => {
    const patient = connect(server.url, { timing: { gapGrace: 3_600_000 } });
    const viewer = new TicketViewer(patient, TICKET);
    await converged(viewer);
    server.faults = { drop: 1, duplicate: 0, delay: 0, delayMs: 0 };
    const events = [server.append(TICKET), server.append(TICKET), server.append(TICKET)];
    for (const event of events.reverse()) server.emit(TICKET, 'ticket:updated', event);
    await converged(viewer);
    expect(server.count('GET events')).toBe(0);
    patient.close();
  });

  it('that were lost are noticed by the head the server announces', async () => {
    const viewer = new TicketViewer(connection, TICKET);
    await converged(viewer);
    server.faults = { drop: 1, duplicate: 0, delay: 0, delayMs: 0 };
    appendMany(3);
    server.announceHead(TICKET);
    await converged(viewer);
  });

  it('that were lost are noticed when the page wakes up', async () => {
    const viewer = new TicketViewer(connection, TICKET);
    await converged(viewer);
    server.faults = { drop: 1, duplicate: 0, delay: 0, delayMs: 0 };
    appendMany(3);
    connection.wake();
    await converged(viewer);
  });

  it('arrive although catching up fails several times by either way, and the trouble is shown', async () => {
    const viewer = new TicketViewer(connection, TICKET);
    await converged(viewer);
    server.faults = { drop: 1, duplicate: 0, delay: 0, delayMs: 0 };
    server.trip('GET events', unavailable, 'garbage', 'lose', unavailable);
    server.trip('join_ticket', unavailable, 'garbage', unavailable);
    appendMany(3);
    server.announceHead(TICKET);
    await converged(viewer);
    expect(viewer.states).toContain('degraded');
    expect(server.count('GET events') + server.count('join_ticket')).toBeGreaterThan(7);
  });

  it('arrive by socket while HTTP asks for patience', async () => {
    const viewer = new TicketViewer(connection, TICKET);
    await converged(viewer);
    server.faults = { drop: 1, duplicate: 0, delay: 0, delayMs: 0 };
    server.trip('GET events', { error: 'RATELIMIT', status: 429, retryAfter: 3_600 });
    appendMany(2);
    server.announceHead(TICKET);
    await converged(viewer);
    expect(server.count('GET events')).toBe(1);
  });

  it('do not wait for a hanging answer when the page wakes up', async () => {
    const patient = connect(server.url, { timing: { httpTimeout: 3_600_000 } });
    const viewer = new TicketViewer(patient, TICKET);
    await converged(viewer);
    server.faults = { drop: 1, duplicate: 0, delay: 0, delayMs: 0 };
    server.trip('GET events', 'hang');
    appendMany(2);
    server.announceHead(TICKET);
    await until(() => server.count('GET events') === 1);
    patient.wake();
    await converged(viewer);
    patient.close();
  });

  it('arrive when the answer to a join is lost', async () => {
    const impatient = connect(server.url, { timing: { ackTimeout: 100 } });
    server.trip('join_ticket', 'lose-answer', 'lose');
    appendMany(4);
    await converged(new TicketViewer(impatient, TICKET));
    impatient.close();
  });

  it('go on after a restart of the server', async () => {
    const viewer = new TicketViewer(connection, TICKET);
    appendMany(2);
    await converged(viewer);
    await server.stop();
    await until(() => viewer.stream.state === 'offline');
    await server.start();
    appendMany(3);
    await converged(viewer);
    expect(connection.state).toBe('online');
  });

  it('come by HTTP while no socket can be had', async () => {
    const noSocket = connect(server.url, pollingOnly);
    appendMany(2);
    const viewer = new TicketViewer(noSocket, TICKET);
    await until(() => viewer.stream.state === 'degraded');
    appendMany(2);
    await until(() => viewer.seqs.length === 4);
    expect(viewer.seqs).toEqual(upTo(4));
    expect(noSocket.state).not.toBe('online');
    noSocket.close();
  });

  it('are not asked for by HTTP again before the time a 429 names', async () => {
    const noSocket = connect(server.url, pollingOnly);
    server.trip('GET events', { error: 'RATELIMIT', status: 429, retryAfter: 3_600 });
    const viewer = new TicketViewer(noSocket, TICKET);
    await until(() => viewer.stream.state === 'offline' && viewer.stream.reason?.code === 'RATELIMIT');
    const other = new TicketViewer(noSocket, 'other');
    for (let count = 1; count <= 5; count++) {
      appendMany(1, 'other');
      await until(() => other.seqs.length === count);
    }
    const asked = server.received.filter(({ body }) => body['ticketId'] === TICKET);
    expect(asked).toHaveLength(1);
    noSocket.close();
  });

  it('of several tickets keep apart on one connection', async () => {
    const ids = ['a', 'b', 'c'];
    const viewers = ids.map((id) => new TicketViewer(connection, id));
    server.faults = { drop: 0.2, duplicate: 0.2, delay: 0.2, delayMs: 10 };
    for (let round = 0; round < 40; round++) appendMany(1, ids[round % 3]);
    server.faults = { drop: 0, duplicate: 0, delay: 0, delayMs: 0 };
    for (const id of ids) appendMany(1, id);
    for (const [index, viewer] of viewers.entries()) await converged(viewer, ids[index]);
    expect(server.socketCount).toBe(1);
  });

  it('go on for a second stream of the same ticket when the first is closed', async () => {
    const [first, second] = [new TicketViewer(connection, TICKET), new TicketViewer(connection, TICKET)];
    await converged(first);
    await converged(second);
    first.stream.close();
    appendMany(2);
    await converged(second);
    expect(first.seqs).toEqual([]);
    expect(server.count('leave_ticket')).toBe(0);
    second.stream.close();
    await until(() => server.count('leave_ticket') === 1);
  });
});

describe('a reset', () => {
  it('lets the owner load a snapshot and goes on after it, with the events that came meanwhile', async () => {
    server.resetWhenBehind = 50;
    appendMany(80);
    const viewer: TicketViewer = new TicketViewer(connection, TICKET, {
      onReset: async (seq) => {
        viewer.resets.push(seq);
        appendMany(2);
        return { lastSeq: 81 };
      },
    });
    await until(() => viewer.stream.state === 'live' && viewer.stream.lastSeq === 82);
    expect(viewer.resets).toEqual([80]);
    expect(viewer.seqs).toEqual([82]);
  });

  it('is tried again when the snapshot cannot be loaded', async () => {
    server.resetWhenBehind = 5;
    appendMany(20);
    let failures = 2;
    const viewer = new TicketViewer(connection, TICKET, {
      onReset: async () => {
        if (failures-- > 0) throw new Error('no snapshot');
        return { lastSeq: 20 };
      },
    });
    await until(() => viewer.stream.state === 'live' && viewer.stream.lastSeq === 20);
    expect(viewer.seqs).toEqual([]);
  });

  it('follows when the server has lost events that were shown, as after a restored backup', async () => {
    appendMany(10);
    const viewer = new TicketViewer(connection, TICKET);
    await converged(viewer);
    server.log(TICKET).splice(6);
    server.cutSockets();
    await until(() => viewer.resets.length === 1 && viewer.stream.state === 'live');
    expect(viewer.stream.lastSeq).toBe(6);
    appendMany(1);
    await until(() => viewer.seqs.at(-1) === 7);
  });
});
