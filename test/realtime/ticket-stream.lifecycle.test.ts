import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, TicketViewer, until } from '../support/ticket-viewer.js';
import { UnrulyServer } from '../support/unruly-server.js';
import type { Connection } from '../../web/client/live/connection.js';

const TICKET = '7d4e8c1a-0b52-4a57-9a54-0f2f7f3c1d12';

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

describe('a stream', () => {
  it('fails visibly when the server says no, and resumes on request', async () => {
    server.trip('join_ticket', { error: 'NOT_FOUND', status: 404 });
    appendMany(2);
    const viewer = new TicketViewer(connection, TICKET);
    await until(() => viewer.stream.state === 'failed');
    expect(viewer.stream.reason?.code).toBe('NOT_FOUND');
    viewer.stream.resume();
    await converged(viewer);
  });

  it('is silent once closed', async () => {
    const viewer = new TicketViewer(connection, TICKET);
    await converged(viewer);
    const calls = viewer.states.length;
    viewer.stream.close();
    const other = new TicketViewer(connection, TICKET);
    appendMany(3);
    await converged(other);
    expect(viewer.seqs).toEqual([]);
    expect(viewer.states).toHaveLength(calls);
  });

  it('that is closed at once, as React does in its strict mode, opens nothing', async () => {
    const viewer = new TicketViewer(connection, TICKET);
    viewer.stream.close();
    const again = new TicketViewer(connection, TICKET);
    appendMany(2);
    await converged(again);
    expect([viewer.seqs, viewer.states, server.count('join_ticket')]).toEqual([[], [], 1]);
  });

  it('does not lose its place when the owner stumbles over an event', async () => {
    const problems: unknown[] = [];
    const careful = connect(server.url, { onProblem: (error) => problems.push(error) });
    const seqs: number[] = [];
    careful.ticket(TICKET, {
      onReset: async () => undefined,
      onEvents: (events) => {
        seqs.push(...events.map((event) => event.seq));
        if (seqs.length === 1) throw new Error('owner');
      },
    });
    await until(() => server.count('join_ticket') > 0);
    for (let count = 1; count <= 3; count++) {
      appendMany(1);
      await until(() => seqs.length === count);
    }
    expect(seqs).toEqual([1, 2, 3]);
    expect(problems).toEqual([new Error('owner')]);
    careful.close();
  });
});
