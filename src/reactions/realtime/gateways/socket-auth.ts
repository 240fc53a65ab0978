import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';
import type { Actor, LinkActor } from '../../../domain/auth/actor.js';
import { ActorResolver } from '../../../domain/auth/actor-resolver.js';
import { tokenExpired, tokenInvalid } from '../../../domain/auth/auth.errors.js';
import { BadTokens } from '../../../domain/auth/bad-tokens.js';
import type { Known, TokenActor } from '../../../domain/auth/token-readers.js';
import { runFrom } from '../../../platform/http/security/request-source.js';
import { unauthorized } from '../../../platform/http/errors/domain-error.js';
import { inspectValue } from '../../../platform/http/validation/request-inspection.middleware.js';
import { linkBehind } from '../server/client-address.js';
import { RealtimeTiming } from '../server/realtime-timing.js';
import { isCallRoom, roomsOf } from '../rooms/rooms.js';
import { refusalOf } from '../server/socket-refusal.js';
import { SocketBounds } from '../server/socket-bounds.js';
import { SOCKET_SERVER, SocketState, type ClientSocket, type SocketServer } from '../server/socket-state.js';

/** Who is at a socket: found out in the handshake, again by `authorize`, and looked at again on every event. */
@Injectable()
export class SocketAuth {
  constructor(
    @Inject(SOCKET_SERVER) private readonly io: SocketServer,
    private readonly http: HttpAdapterHost,
    private readonly resolver: ActorResolver,
    private readonly timing: RealtimeTiming,
    private readonly badTokens: BadTokens,
    private readonly bounds: SocketBounds,
  ) {}

  /** The handshake, before the client is told that it is connected. A bad token refuses it (`connect_error`). */
  async authenticate(socket: ClientSocket): Promise<void> {
    socket.data = new SocketState(this.linkOf(socket));
    this.bounds.checkAddress(socket);
    inspectValue(socket.handshake.auth);
    const { token } = socket.handshake.auth as { token?: unknown };
    if (token === undefined || token === null || token === '') return;
    if (typeof token !== 'string') throw tokenInvalid();
    this.hold(socket, token, await this.identify(socket, token));
  }

  /** Connected: it hears what concerns its identity, or has to prove itself in time. */
  async admit(socket: ClientSocket): Promise<void> {
    await socket.join(roomsOf(socket.data.actor));
    // A revocation may have come between the handshake and now, when nobody could find this socket yet.
    await this.recheck(socket);
    if (!socket.data.proven) setTimeout(() => this.giveUpOn(socket), this.timing.proveWithin).unref();
  }

  /** Another token for this socket. A renewed one keeps its rooms, another identity starts without any. */
  async authorize(socket: ClientSocket, token: string): Promise<TokenActor> {
    const known = await this.identify(socket, token);
    const { actor } = known;
    const isSame = actor.key === socket.data.actor.key;
    this.hold(socket, token, known);
    if (!isSame) this.forget(socket);
    if (socket.connected) await socket.join(roomsOf(actor));
    await this.recheck(socket);
    return actor;
  }

  /** Who is asking, now. Throws 401 as soon as the token has expired or was revoked. */
  async actorOf({ data }: ClientSocket): Promise<Actor> {
    return data.token === undefined ? data.actor : this.resolver.fromBearer(data.token);
  }

  /** Looks at the socket's token again: cuts it off when that is worthless, follows when its rights have changed. */
  async recheck(socket: ClientSocket): Promise<void> {
    const { token } = socket.data;
    if (token === undefined) return;
    try {
      const { source } = socket.data;
      const { actor, expiresAt } = await runFrom(source, () => this.resolver.known(token));
      if (socket.data.token !== token || !socket.connected) return;
      socket.data.actor = actor;
      socket.data.tokenExpiresAt = expiresAt;
      await socket.join(roomsOf(actor));
    } catch (error) {
      if (refusalOf(error).error !== 'UNAUTHORIZED') throw error;
      if (socket.data.token === token) this.cut(socket, error);
    }
  }

  /** Shows out anyone who holds a token that has run out; clients renew theirs before, with `authorize`. */
  cutExpired(now = Date.now()): void {
    for (const socket of this.io.sockets.sockets.values()) {
      if (socket.data.tokenExpiresAt <= now) this.cut(socket, tokenExpired());
    }
  }

  private linkOf(socket: ClientSocket): LinkActor {
    return linkBehind(this.http.httpAdapter.getInstance<Express>(), socket.request);
  }

  private identify(socket: ClientSocket, token: string): Promise<Known> {
    return this.badTokens.bound(
      () => this.linkOf(socket),
      () => runFrom(socket.data.source, () => this.resolver.known(token)),
    );
  }

  private hold(socket: ClientSocket, token: string, { actor, expiresAt }: Known): void {
    this.bounds.hold(socket, actor);
    const state = socket.data;
    state.token = token;
    state.tokenExpiresAt = expiresAt;
    state.actor = actor;
    state.proven = true;
  }

  /** What the identity before could hear. */
  private forget(socket: ClientSocket): void {
    for (const room of socket.rooms) if (room !== socket.id && !isCallRoom(room)) void socket.leave(room);
    socket.data.names.clear();
  }

  private giveUpOn(socket: ClientSocket): void {
    if (socket.connected && !socket.data.proven)
      this.cut(socket, unauthorized('Nobody has authorised or joined a ticket here in time.'));
  }

  private cut(socket: ClientSocket, error: unknown): void {
    const { message, error: code } = refusalOf(error);
    socket.emit('error', { message, error: code });
    socket.disconnect(true);
  }
}
