import type { Observable } from 'rxjs';
import type { Server, Socket } from 'socket.io';
import type { Ack, ClientEvents, ServerEvents } from '../../../contract/socket-events.js';
import type { EventActor } from '../../../contract/events/event-payload.js';
import type { Actor, LinkActor } from '../../../domain/auth/actor.js';
import type { RequestSource } from '../../../platform/http/security/request-source.js';
import type { CallTokenClaims } from '../../../platform/video/port/call-token.js';
import { EventBudget } from './event-budget.js';

type NodeEvents = Record<string, never>;
export type SocketServer = Server<ClientEvents, ServerEvents, NodeEvents, SocketState>;
export type ClientSocket = Socket<ClientEvents, ServerEvents, NodeEvents, SocketState>;

/** Answers one event. */
export type Reply = (ack: Ack<object>) => void;
type Acks = Observable<Ack<object>>;

/** How Nest hands over the method of a gateway that subscribes to an event, bound to one socket. */
export interface EventHandler {
  message: string;
  /** Gives no ack when a failure has been answered already. */
  callback: (body: object, reply: Reply) => Acks | Promise<Acks | Ack<object> | undefined>;
}

/** Injection token of the SocketServer. */
export const SOCKET_SERVER = Symbol('SOCKET_SERVER');

/** What this process knows about one connected socket. */
export class SocketState {
  actor: Actor;
  /** Who sent the event that is handled now, as its token says now. */
  caller: Actor;
  /** The token that says so; none for somebody who only has a link. */
  token: string | undefined;
  /** Milliseconds since the epoch. */
  tokenExpiresAt = Infinity;
  /** Whether it has authorised, joined a ticket or entered a call. */
  proven = false;
  /** The identity whose sockets this one is counted among. */
  countedAs: string | undefined;
  /** How the logs of the tickets it has joined name the person at this socket. Which it still follows, its rooms say (following.ts). */
  readonly names = new Map<string, EventActor>();
  readonly viewing = new Set<string>();
  /** Calls it takes part in, and what the token says that it entered with. */
  readonly calls = new Map<string, CallTokenClaims>();
  readonly budget = new EventBudget();
  readonly handlers: EventHandler[] = [];
  /** Whether the gateways are told when it disconnects. */
  tellsDisconnect = false;
  /** Settles when every event received so far is answered: one socket's events are handled in their order. */
  tail: Promise<void> = Promise.resolve();

  /** Where everything that happens at this socket comes from. */
  readonly source: RequestSource;

  constructor(link: LinkActor) {
    this.actor = link;
    this.caller = link;
    this.source = { via: 'socket', ip: link.ip };
  }
}
