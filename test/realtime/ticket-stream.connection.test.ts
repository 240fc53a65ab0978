import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, TicketViewer, until } from '../support/ticket-viewer.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { UnrulyServer } from '../support/unruly-server.js';
import type { ConnectionState } from '../../web/client/live/socket-link.js';
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

describe('the connection', () => {
  it('opens no socket before somebody needs it', async () => {
    const connection = connectTo();
    await fetch(`${server.url}/api/v1/tickets/x/events?after=0`);
    expect(server.socketCount).toBe(0);
    new TicketViewer(connection, TICKET);
    await until(() => connection.state === 'online');
  });

  it('tells its states', async () => {
    const states: ConnectionState[] = [];
    const connection = connectTo({ onState: (state) => states.push(state) });
    new TicketViewer(connection, TICKET);
    await until(() => connection.state === 'online');
    await server.stop();
    await until(() => connection.state === 'offline');
    await server.start();
    await until(() => connection.state === 'online');
    expect(states).toEqual(['online', 'connecting', 'offline', 'online']);
  });

  it('comes back after the server has shown it out', async () => {
    const connection = connectTo();
    const viewer = new TicketViewer(connection, TICKET);
    await until(() => viewer.stream.state === 'live');
    // Away and back may both happen between two looks.
    const before = viewer.states.length;
    server.revoke(undefined as unknown as string);
    await until(() => viewer.states.slice(before).includes('live'));
    expect(viewer.states[before]).not.toBe('live');
  });

  it('stays away after the server has shown it out when nobody needs it', async () => {
    const connection = connectTo();
    const viewer = new TicketViewer(connection, TICKET);
    await until(() => viewer.stream.state === 'live');
    viewer.stream.close();
    server.revoke(undefined as unknown as string);
    await until(() => connection.state === 'offline');
    // Far longer than the pause before a new attempt.
    for (let trip = 0; trip < 50; trip++) await fetch(`${server.url}/socket.io/`);
    expect(connection.state).toBe('offline');
    new TicketViewer(connection, TICKET);
    await until(() => connection.state === 'online');
  });

  it('replaces a socket that no longer answers', async () => {
    const connection = connectTo({ timing: { ackTimeout: 200 } });
    const viewer = new TicketViewer(connection, TICKET);
    await until(() => viewer.stream.state === 'live');
    const states: ConnectionState[] = [];
    connection.onState((state) => states.push(state));
    server.trip('join_ticket', 'lose');
    connection.wake();
    await until(() => states.includes('online') && viewer.stream.state === 'live');
    expect(states).toEqual(['connecting', 'online']);
  });
});

describe('in a browser', () => {
  const browser = new EventTarget();
  beforeEach(() => {
    Object.assign(globalThis, {
      addEventListener: browser.addEventListener.bind(browser),
      removeEventListener: browser.removeEventListener.bind(browser),
    });
  });
  afterEach(() => {
    for (const name of ['addEventListener', 'removeEventListener']) Reflect.deleteProperty(globalThis, name);
  });

  it('gives up a handshake when the network goes, and starts afresh when it is back', async () => {
    const proxy = await TcpProxy.start({ host: '127.0.0.1', port: Number(new URL(server.url).port) });
    await proxy.become({ kind: 'blackhole' });
    const connection = connect(`http://127.0.0.1:${proxy.port}`, {
      timing: { retryMin: 600_000, retryMax: 600_000 },
    });
    open.push(connection);
    new TicketViewer(connection, TICKET);
    await until(() => proxy.open > 0);
    expect(connection.state).toBe('connecting');
    browser.dispatchEvent(new Event('offline'));
    expect(connection.state).toBe('offline');
    await proxy.become({ kind: 'fine' });
    browser.dispatchEvent(new Event('online'));
    await until(() => connection.state === 'online');
    await proxy.close();
  });
});

describe('a request', () => {
  it('waits for the connection and answers the ack', async () => {
    expect(await connectTo().request('call:signal', { callId: 'c', data: 1 })).toEqual({ ok: true });
  });

  it('fails with the code of the refusal, or of the silence', async () => {
    const connection = connectTo();
    server.trip('call:signal', { error: 'CALL_ENDED', status: 409 }, 'lose');
    await expect(connection.request('call:signal', {})).rejects.toMatchObject({
      code: 'CALL_ENDED',
      retryable: false,
    });
    await expect(connection.request('call:signal', {}, 100)).rejects.toMatchObject({
      code: 'TIMEOUT',
      retryable: true,
    });
  });

  it('fails when there is no connection in time', async () => {
    const nowhere = connect('http://127.0.0.1:1');
    open.push(nowhere);
    await expect(nowhere.request('call:signal', {}, 20)).rejects.toMatchObject({
      code: 'OFFLINE',
      retryable: true,
    });
  });
});

describe('signals', () => {
  it('of typing and viewers reach their ticket, others every listener', async () => {
    const connection = connectTo();
    const seen: unknown[] = [];
    const stop = connection.on('call:signal', (payload) => seen.push(payload));
    const viewer = new TicketViewer(connection, TICKET, {
      onTyping: (typing) => seen.push(typing),
      onViewers: (viewers) => seen.push({ ticketId: TICKET, viewers }),
    });
    await until(() => viewer.stream.state === 'live');
    const typing = { ticketId: TICKET, actor: { type: 'donor', id: 'd' }, isTyping: true };
    const sent = [typing, { ticketId: TICKET, viewers: [] }, { callId: 'c' }];
    const names = ['ticket:typing', 'ticket:viewers', 'call:signal'];
    for (const [index, name] of names.entries()) server.emit(TICKET, name, sent[index]);
    await until(() => seen.length === 3);
    expect(seen).toEqual(sent);
    stop();
    server.emit(TICKET, 'call:signal', {});
    server.emit(TICKET, 'ticket:typing', sent[0]);
    await until(() => seen.length === 4);
    expect(seen[3]).toEqual(sent[0]);
  });

  it('of typing are sent at the start and at the end, not at every key', async () => {
    const viewer = new TicketViewer(connectTo(), TICKET);
    await until(() => viewer.stream.state === 'live');
    for (const isTyping of [false, true, true, true, false, false]) viewer.stream.typing(isTyping);
    viewer.stream.send('done');
    await until(() => viewer.events.length === 1);
    const typed = server.received
      .filter(({ name }) => name === 'ticket:typing')
      .map(({ body }) => body['isTyping']);
    expect(typed).toEqual([true, false]);
  });

  it('of typing reach those who join after the first key', async () => {
    const viewer = new TicketViewer(connectTo(), TICKET);
    viewer.stream.typing(true);
    await until(() => viewer.stream.state === 'live');
    await until(() => server.count('ticket:typing') === 1);
    expect(server.received.find(({ name }) => name === 'ticket:typing')?.body['isTyping']).toBe(true);
  });

  it('of typing end by themselves', async () => {
    const viewer = new TicketViewer(connectTo({ timing: { typingIdle: 5 } }), TICKET);
    await until(() => viewer.stream.state === 'live');
    viewer.stream.typing(true);
    await until(() => server.count('ticket:typing') === 2);
  });

  it('of reading go forward only, and again until the server has answered', async () => {
    const viewer = new TicketViewer(connectTo(), TICKET, { viewing: true });
    viewer.stream.markRead(3);
    await until(() => viewer.stream.state === 'live' && server.count('message:read') === 1);
    server.trip('message:read', { error: 'SERVICE_UNAVAILABLE', status: 503 });
    viewer.stream.markRead(5);
    viewer.stream.markRead(4);
    await until(() => server.count('message:read') === 2);
    await until(() => {
      server.announceHead(TICKET);
      return server.count('message:read') === 3;
    });
    expect(
      server.received.filter(({ name }) => name === 'message:read').map(({ body }) => body['upToSeq']),
    ).toEqual([3, 5, 5]);
    expect(server.count('ticket:viewing')).toBeGreaterThan(1);
  });
});

describe('the monitor', () => {
  it('joins, reloads after each interruption, and tells each event once', async () => {
    const connection = connectTo();
    const seqs: number[] = [];
    let resyncs = 0;
    const monitor = connection.monitor({
      onEvent: (event) => seqs.push(event.seq),
      onResync: () => resyncs++,
    });
    await until(() => monitor.state === 'live');
    server.faults = { drop: 0, duplicate: 1, delay: 0, delayMs: 0 };
    server.append(TICKET, 'ticket.created');
    server.append(TICKET);
    await until(() => seqs.length === 2);
    server.cutSockets();
    await until(() => resyncs === 2);
    server.append(TICKET);
    await until(() => seqs.length === 3);
    expect(seqs).toEqual([1, 2, 3]);
    connection.wake();
    await until(() => resyncs === 3);
    monitor.close();
  });

  it('keeps trying to join, and shows a refusal', async () => {
    const connection = connectTo({ timing: { ackTimeout: 100 } });
    const unavailable = { error: 'SERVICE_UNAVAILABLE', status: 503 } as const;
    server.trip('admin_join_ticket_monitor', unavailable, 'lose', unavailable, unavailable, 'garbage');
    const monitor = connection.monitor({ onEvent: () => undefined, onResync: () => undefined });
    await until(() => monitor.state === 'live');
    server.trip('admin_join_ticket_monitor', { error: 'FORBIDDEN', status: 403 });
    connection.wake();
    await until(() => monitor.state === 'failed');
    monitor.resume();
    await until(() => monitor.state === 'live');
  });
});
