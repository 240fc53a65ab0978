import type { IncomingMessage } from 'node:http';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';
import type { Actor } from '../../../domain/auth/actor.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { DomainError } from '../../../platform/http/errors/domain-error.js';
import { RecurringTrouble } from '../../../platform/logging/recurring-trouble.js';
import { linkBehind } from './client-address.js';
import type { ClientSocket } from './socket-state.js';

/** What this class uses of an engine.io connection, which carries the sockets of one client. */
interface Connection {
  request: IncomingMessage;
  once(event: 'close', listener: () => void): unknown;
}

/** Connections beyond an address's bound that may still ask, and are told why they are refused. */
const TOLD_WHY = 2;
const RETRY_AFTER_S = 5;

/**
 * Bounds how many sockets are open at once: of one identity, from one address, and in this process. Several processes count
 * each for itself. The newest is refused: closing the oldest would make the tabs of one person push each other out forever.
 */
@Injectable()
export class SocketBounds {
  /** Of the 10,000 connections of a process (server-limits.ts) a tenth is kept for requests, such as those of `/health`. */
  mostConnections = 9_000;
  private readonly trouble = new RecurringTrouble(new Logger('Realtime'), 'Sockets are refused');
  private readonly identities = new Tally();
  private readonly addresses = new Tally();
  private connections = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly http: HttpAdapterHost,
  ) {}

  /** Before anything is kept for a connection: whether it may open. A client that comes by WebSocket cannot read why not. */
  mayConnect(request: IncomingMessage): boolean {
    const here = this.addresses.countOf(this.addressOf(request));
    const isFull = this.connections >= this.mostConnections || here >= TOLD_WHY * this.perAddress;
    if (isFull) this.trouble.failed(new Error(`${here} from one address, ${this.connections} in all`));
    return !isFull;
  }

  /** Counts an open connection until it closes. */
  connected(connection: Connection): void {
    const address = this.addressOf(connection.request);
    this.connections += 1;
    this.addresses.add(address);
    connection.once('close', () => {
      this.connections -= 1;
      this.addresses.remove(address);
    });
  }

  /** Throws TOO_MANY_CONNECTIONS for a connection beyond the bound of its address. */
  checkAddress(socket: ClientSocket): void {
    if (this.addresses.countOf(this.addressOf(socket.request)) <= this.perAddress) return;
    const error = tooMany('your network address', this.perAddress);
    this.trouble.failed(error);
    throw error;
  }

  /**
   * Counts a socket for its identity until it leaves, instead of whom it counted for before. Throws TOO_MANY_CONNECTIONS when
   * the identity has its share. Somebody without a token is known by address alone, and bounded by that.
   */
  hold(socket: ClientSocket, actor: Actor): void {
    const { data } = socket;
    if (actor.kind === 'link' || data.countedAs === actor.key) return;
    const most = this.config.sockets.perIdentity;
    if (this.identities.countOf(actor.key) >= most) throw tooMany('you', most);
    if (data.countedAs === undefined) this.releaseWhenGone(socket);
    else this.identities.remove(data.countedAs);
    data.countedAs = actor.key;
    this.identities.add(actor.key);
  }

  /** A socket that is refused after this, or whose client hangs up during the handshake, never disconnects: its connection closes. */
  private releaseWhenGone(socket: ClientSocket): void {
    const release = () => {
      if (socket.data.countedAs !== undefined) this.identities.remove(socket.data.countedAs);
      socket.data.countedAs = undefined;
      socket.conn.off('close', release);
    };
    socket.once('disconnect', release);
    socket.conn.once('close', release);
  }

  private get perAddress(): number {
    return this.config.sockets.perAddress;
  }

  private addressOf(request: IncomingMessage): string {
    return linkBehind(this.http.httpAdapter.getInstance<Express>(), request).key;
  }
}

/** How many of each; what there is none of takes no memory. */
class Tally {
  private readonly counts = new Map<string, number>();

  countOf(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  add(key: string): void {
    this.counts.set(key, this.countOf(key) + 1);
  }

  remove(key: string): void {
    const left = this.countOf(key) - 1;
    if (left > 0) this.counts.set(key, left);
    else this.counts.delete(key);
  }
}

function tooMany(whose: string, most: number): DomainError {
  return new DomainError({
    code: 'TOO_MANY_CONNECTIONS',
    status: 429,
    message: `Only ${most} live connections at once are allowed for ${whose}. Close another tab or window.`,
    retryAfter: RETRY_AFTER_S,
  });
}
