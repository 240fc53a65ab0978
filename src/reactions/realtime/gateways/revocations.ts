import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { IdentityRevoked } from '../../../domain/auth/auth.events.js';
import { Database } from '../../../platform/database/database.service.js';
import { EventBus } from '../../../platform/events/event-bus.js';
import { CallEvictions } from '../presence/call-evictions.js';
import { Periodic } from '../../../platform/schedule/periodic.decorator.js';
import { SWEEP_EVERY_MS } from '../server/realtime-timing.js';
import { readIdentities } from './identities.queries.js';
import { SocketAuth } from './socket-auth.js';
import { SOCKET_SERVER, type SocketServer } from '../server/socket-state.js';

interface Connected {
  fact: IdentityRevoked;
  /** What the database must still say; undefined when that is not known yet. */
  expected: string | undefined;
}

const keyOf = (fact: IdentityRevoked): string =>
  'userId' in fact ? `u:${fact.userId}` : `d:${fact.donorSessionId}`;

/**
 * Ends live sockets with the rights they came with. A revocation in this process is heard at once; one made elsewhere, a
 * deactivation or another role is seen by looking at all connected identities every few seconds, in one query. People in direct
 * calls leave them.
 */
@Injectable()
export class Revocations implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Realtime');
  /** What the database said about each identity when it was last looked at. */
  private known = new Map<string, string>();
  private unsubscribe: (() => void) | undefined;

  constructor(
    @Inject(SOCKET_SERVER) private readonly io: SocketServer,
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly auth: SocketAuth,
    private readonly evictions: CallEvictions,
  ) {}

  onApplicationBootstrap(): void {
    this.unsubscribe = this.bus.on('identity.revoked', (fact) => void this.recheck(keyOf(fact)));
  }

  onModuleDestroy(): void {
    this.unsubscribe?.();
  }

  /** One look at everybody connected. While the database is unavailable sockets stay: nobody could be asked. */
  @Periodic(SWEEP_EVERY_MS, 'tokens of live sockets are not looked at')
  async sweep(): Promise<void> {
    this.auth.cutExpired();
    const connected = this.connected();
    if (connected.size === 0) return;
    const states = await this.statesOf([...connected.values()]);
    const known = new Map<string, string>();
    for (const key of connected.keys()) {
      const state = states.get(key);
      if (state !== undefined) known.set(key, state);
    }
    this.known = known;
    for (const [key, { fact, expected }] of connected) {
      const state = states.get(key);
      // Announcing it makes the resolver forget what it remembers, and our own listener ask.
      if (state === undefined || state !== expected) this.bus.publish('identity.revoked', fact);
    }
  }

  private connected(): Map<string, Connected> {
    const all = new Map<string, Connected>();
    const add = (fact: IdentityRevoked, expected?: string) => {
      const key = keyOf(fact);
      all.set(key, { fact, expected: this.known.get(key) ?? expected ?? all.get(key)?.expected });
    };
    for (const socket of this.io.sockets.sockets.values()) {
      const { actor } = socket.data;
      for (const fact of this.evictions.peopleIn(socket)) add(fact);
      if (actor.kind === 'staff') add({ userId: actor.id });
      if (actor.kind === 'donor')
        add({ donorSessionId: actor.sessionId }, actor.ownerKey === null ? 'guest' : 'verified');
    }
    return all;
  }

  private async statesOf(connected: Connected[]): Promise<Map<string, string>> {
    const facts = connected.map(({ fact }) => fact);
    const users = facts.flatMap((fact) => ('userId' in fact ? [fact.userId] : []));
    const sessions = facts.flatMap((fact) => ('donorSessionId' in fact ? [fact.donorSessionId] : []));
    const rows = await readIdentities(this.database, users, sessions);
    return new Map(rows.map(({ key, state }) => [key, state]));
  }

  private async recheck(key: string): Promise<void> {
    for (const socket of this.io.sockets.sockets.values()) {
      const isInCall = this.evictions.peopleIn(socket).some((fact) => keyOf(fact) === key);
      try {
        if (socket.data.actor.key === key) await this.auth.recheck(socket);
        if (isInCall) await this.evictions.recheck(socket);
      } catch (error) {
        this.known.delete(key);
        this.logger.warn(`A token could not be looked at, the next sweep will: ${String(error)}`);
      }
    }
  }
}
