import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, TicketViewer, until } from '../support/ticket-viewer.js';
import { UnrulyServer } from '../support/unruly-server.js';
import type { Connection, ConnectionOptions } from '../../web/client/live/connection.js';

const TICKET = '5f0c9d5e-1d1b-49ab-8f52-3a2f7be33c03';

let server: UnrulyServer;
const open: Connection[] = [];

beforeEach(async () => {
  server = await UnrulyServer.start();
});

afterEach(async () => {
  for (const connection of open.splice(0)) connection.close();
  await server.stop();
});

function connectTo(options: Partial<ConnectionOptions> = {}): Connection {
  const connection = connect(server.url, options);
  open.push(connection);
  return connection;
}

describe('authorisation', () => {
  it('goes with the handshake, and with each HTTP request', async () => {
    server.tokens = new Set(['good']);
    const viewer = new TicketViewer(connectTo({ token: () => 'good' }), TICKET);
    await until(() => viewer.stream.state === 'live');
    server.faults = { drop: 1, duplicate: 0, delay: 0, delayMs: 0 };
    server.trip('join_ticket', { error: 'NOT_FOUND', status: 404 });
    server.append(TICKET);
    server.announceHead(TICKET);
    await until(() => viewer.events.length === 1);
  });

  it('that is refused is shown, and ends with a new token', async () => {
    server.tokens = new Set(['good']);
    let token = 'bad';
    const connection = connectTo({ token: () => token });
    const viewer = new TicketViewer(connection, TICKET);
    server.append(TICKET);
    viewer.stream.send('Later');
    await until(() => connection.state === 'unauthorized' && viewer.outbox[0]?.state === 'failed');
    expect(viewer.stream.state).toBe('failed');
    expect(viewer.stream.reason?.code).toBe('UNAUTHORIZED');
    expect(viewer.outbox[0]).toMatchObject({ retryable: true, reason: { code: 'UNAUTHORIZED' } });
    token = 'good';
    await connection.authorize();
    await until(
      () => viewer.stream.state === 'live' && viewer.events.length === 2,
      () => [connection.state, viewer.stream.state, viewer.outbox],
    );
    await until(() => viewer.outbox.length === 0);
  });

  it('is renewed when a token is revoked while connected', async () => {
    server.tokens = new Set(['one', 'two']);
    let token = 'one';
    const refused: unknown[] = [];
    const connection = connectTo({
      token: (bad) => {
        if (bad) refused.push(bad);
        if (bad) token = 'two';
        return token;
      },
    });
    const viewer = new TicketViewer(connection, TICKET);
    await until(() => viewer.stream.state === 'live');
    server.revoke('one');
    server.append(TICKET);
    await until(() => viewer.events.length === 1 && viewer.stream.state === 'live');
    expect(new Set(refused)).toEqual(new Set(['one']));
    expect(connection.state).toBe('online');
  });

  it('ends visibly when a token is revoked and there is no other', async () => {
    server.tokens = new Set(['one']);
    const connection = connectTo({ token: (bad) => (bad ? undefined : 'one') });
    const viewer = new TicketViewer(connection, TICKET);
    await until(() => viewer.stream.state === 'live');
    server.revoke('one');
    await until(() => connection.state === 'unauthorized' && viewer.stream.state === 'failed');
  });

  it('is renewed once for all when a token expires on an open socket', async () => {
    server.tokens = new Set(['one', 'two']);
    let token = 'one';
    let renewals = 0;
    const connection = connectTo({
      token: (bad) => {
        if (bad) renewals++;
        if (bad) token = 'two';
        return token;
      },
    });
    const viewers = ['a', 'b'].map((id) => new TicketViewer(connection, id));
    await until(() => viewers.every((viewer) => viewer.stream.state === 'live'));
    server.tokens.delete('one');
    for (const viewer of viewers) viewer.stream.send('Hello');
    await until(() => viewers.every((viewer) => viewer.events.length === 1));
    expect(renewals).toBe(1);
    expect(server.count('authorize')).toBeGreaterThan(0);
    expect(server.count('POST messages')).toBe(0);
  });

  it('ends visibly when the renewed token is refused as well', async () => {
    server.tokens = new Set(['one']);
    let token = 'one';
    const connection = connectTo({
      token: (bad) => {
        if (bad) token = 'two';
        return token;
      },
    });
    const viewer = new TicketViewer(connection, TICKET);
    await until(() => viewer.stream.state === 'live');
    server.tokens.delete('one');
    viewer.stream.send('Hello');
    await until(() => connection.state === 'unauthorized' && viewer.stream.state === 'failed');
    server.tokens.add('two');
    await connection.authorize();
    await until(() => viewer.events.length === 1);
  });

  it('that comes while a renewal is awaited is not undone by its failure', async () => {
    server.tokens = new Set(['good']);
    let token = 'bad';
    let giveUp: ((nothing: undefined) => void) | undefined;
    const connection = connectTo({
      token: (bad) => (bad ? new Promise<undefined>((resolve) => (giveUp = resolve)) : token),
    });
    const viewer = new TicketViewer(connection, TICKET);
    await until(() => giveUp !== undefined);
    token = 'good';
    await connection.authorize();
    await until(() => viewer.stream.state === 'live');
    giveUp?.(undefined);
    server.append(TICKET);
    await until(() => viewer.events.length === 1);
    expect([connection.state, viewer.stream.state]).toEqual(['online', 'live']);
  });

  it('is for the socket to judge while there is one', async () => {
    const viewer = new TicketViewer(connectTo(), TICKET);
    await until(() => viewer.stream.state === 'live');
    server.faults = { drop: 1, duplicate: 0, delay: 0, delayMs: 0 };
    server.trip('GET events', { error: 'UNAUTHORIZED', status: 401 });
    server.append(TICKET);
    server.announceHead(TICKET);
    await until(() => viewer.events.length === 1 && viewer.stream.state === 'live');
    expect(viewer.states).not.toContain('failed');
  });

  it('keeps trying when the renewal itself meets a bad network', async () => {
    server.tokens = new Set(['two']);
    let failures = 3;
    let token = 'one';
    const connection = connectTo({
      token: async (bad) => {
        if (bad && failures-- > 0) throw new Error('network');
        if (bad) token = 'two';
        return token;
      },
    });
    new TicketViewer(connection, TICKET);
    await until(() => connection.state === 'online');
  });

  it('hands a new token over without a new socket', async () => {
    server.tokens = new Set(['one', 'two']);
    let token = 'one';
    const connection = connectTo({ token: () => token });
    const viewer = new TicketViewer(connection, TICKET);
    await until(() => viewer.stream.state === 'live');
    token = 'two';
    await connection.authorize();
    expect(server.received.filter(({ name }) => name === 'authorize')).toEqual([
      { name: 'authorize', body: { token: 'two' } },
    ]);
    await until(() => viewer.stream.state === 'live');
    expect(server.socketCount).toBe(1);
  });
});
