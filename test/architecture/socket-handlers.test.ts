import { describe, expect, it } from '@jest/globals';
import { membersOf, socketListeners, subscriptions } from './socket-handlers.js';
import { read, sourceFiles } from './sources.js';

/** Receives what clients send and hands it to the gateways in order. */
const ADAPTER = 'src/reactions/realtime/server/socket.adapter.ts';

const sources = sourceFiles('src', ['.ts']).filter((file) => !file.endsWith('.spec.ts'));
const contract = sources.filter((file) => file.startsWith('src/contract/'));
const events = new Set(contract.flatMap((file) => membersOf(file, read(file), 'ClientEvents')));

describe('socketListeners', () => {
  it.each([
    ["socket.on('anything', handle)", ["1: socket.on('anything')"]],
    ["\nthis.client?.once('message', handle)", ["2: this.client?.once('message')"]],
    ["other.addListener('join_ticket', handle)", ["1: other.addListener('join_ticket')"]],
    ['socket.onAny(handle)', ['1: socket.onAny(handle)']],
    ['socket.use(handle)', ['1: socket.use(handle)']],
    ['socket.on(name, handle)', ['1: socket.on(name)']],
    ["socket.once('disconnect', handle)", []],
    ["bus.on('ticket.events', handle)", []],
    ["// socket.on('join_ticket', handle)", []],
  ])('reads %j', (source, found) => {
    expect(socketListeners('sample.ts', source, new Set(['join_ticket']))).toEqual(found);
  });
});

describe('subscriptions', () => {
  it('name the event of a handler, and each decorator that it lacks', () => {
    const source = `@WebSocketGateway() class A { @SubscribeMessage<E>('a') @EventRules({}) a() {} b() {} }
      @Injectable() class B { @SubscribeMessage('b') b() {} }`;
    expect(subscriptions('sample.ts', source)).toEqual([
      { event: 'a', faults: ['lacks @UseSocketPipeline'] },
      { event: 'b', faults: ['lacks @EventRules', 'lacks @WebSocketGateway', 'lacks @UseSocketPipeline'] },
    ]);
  });
});

describe('the gateways', () => {
  const subscribed = sources.flatMap((file) => subscriptions(file, read(file)));

  it('are the only handlers of what clients send', () => {
    // Clients in src/platform are those of PostgreSQL.
    const offenders = sources
      .filter((file) => file !== ADAPTER && !file.startsWith('src/platform/'))
      .flatMap((file) => socketListeners(file, read(file), events).map((found) => `${file}:${found}`));
    expect(offenders).toEqual([]);
  });

  it('handle every event of the contract, each in one place', () => {
    expect(events.size).toBeGreaterThan(0);
    expect(subscribed.map(({ event }) => event).sort()).toEqual([...events].sort());
  });

  it('name the rules of each event, and pass it through the guard, the interceptors and the filter', () => {
    expect(subscribed.filter(({ faults }) => faults.length > 0)).toEqual([]);
  });
});
