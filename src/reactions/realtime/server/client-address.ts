import type { IncomingMessage } from 'node:http';
import type { Express, Request } from 'express';
import { linkActor } from '../../../domain/auth/actor-resolver.js';
import type { LinkActor } from '../../../domain/auth/actor.js';

/** Somebody without a token, by the address that Express sees behind the proxies we trust: limits count both alike. */
export function linkBehind(express: Express, handshake: IncomingMessage): LinkActor {
  const request = Object.create(express.request, {
    headers: { value: handshake.headers },
    socket: { value: handshake.socket },
  }) as Request;
  return linkActor(request);
}
