import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Server, type Socket } from 'socket.io';
import type { ErrorCode } from '../../src/contract/error-codes.js';
import type { CatchUp, TicketEventPayload } from '../../src/contract/events/event-payload.js';
import { clientIdOf } from './ticket-viewer.js';

/** What happens to a live event on its way to one socket; probabilities from 0 to 1. */
export interface EmitFaults {
  drop: number;
  duplicate: number;
  /** Share of events that come late, and so behind others. */
  delay: number;
  delayMs: number;
}

/** What happens to the next requests of a kind: an HTTP status, an error code, no answer, or no sense. */
export type Mishap =
  'lose' | 'hang' | 'lose-answer' | 'garbage' | { error: ErrorCode; status: number; retryAfter?: number };

interface Draft {
  content: string;
  clientMessageId: string;
  senderId?: string;
}
type Fields = Record<string, unknown>;

const PEACE: EmitFaults = { drop: 0, duplicate: 0, delay: 0, delayMs: 0 };

/**
 * A desk that keeps its log well and its connections badly: real HTTP and socket.io on a loopback port, with the
 * protocol of docs/realtime.md, whose live events, acks, answers and sockets get lost on request.
 */
export class UnrulyServer {
  readonly logs = new Map<string, TicketEventPayload[]>();
  /** Everything that came in: socket events by their name, HTTP requests as `GET events` and `POST messages`. */
  readonly received: { name: string; body: Fields }[] = [];
  faults: EmitFaults = PEACE;
  /** Tokens that open the door; undefined lets everyone in. */
  tokens?: Set<string>;
  pageSize = 100;
  resetWhenBehind = 1_000;
  #mishaps = new Map<string, Mishap[]>();
  #random: () => number;
  #port = 0;
  #http!: HttpServer;
  #io!: Server;

  private constructor(seed: number) {
    this.#random = seeded(seed);
  }

  static async start(seed = 1): Promise<UnrulyServer> {
    const server = new UnrulyServer(seed);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens, again on the same port after `stop()`. */
  async start(): Promise<void> {
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#io = new Server(this.#http, { connectTimeout: 5_000, destroyUpgradeTimeout: 100 });
    this.#io.use((socket, next) => next(this.#refusal(socket.handshake.auth['token'])));
    this.#io.on('connection', (socket) => this.#welcome(socket));
    this.#http.listen(this.#port, '127.0.0.1');
    await once(this.#http, 'listening');
    this.#port = (this.#http.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#http.closeAllConnections();
    await this.#io.close();
  }

  log(ticketId: string): TicketEventPayload[] {
    const log = this.logs.get(ticketId) ?? [];
    this.logs.set(ticketId, log);
    return log;
  }

  /** Writes an event to the log and sends it, as far as `faults` let it. */
  append(
    ticketId: string,
    type: TicketEventPayload['type'] = 'ticket.updated',
    fields: Fields = {},
  ): TicketEventPayload {
    const seq = this.log(ticketId).length + 1;
    const actor = { type: 'system', id: null } as const;
    const event = {
      ...fields,
      ticketId,
      seq,
      type,
      at: new Date().toISOString(),
      actor,
    } as TicketEventPayload;
    this.log(ticketId).push(event);
    this.#broadcast(event);
    return event;
  }

  /** Tells a ticket's room how far its log reaches. */
  announceHead(ticketId: string): void {
    this.#io.to(ticketId).emit('ticket:head', { ticketId, seq: this.log(ticketId).length });
  }

  emit(room: string, event: string, payload: unknown): void {
    this.#io.to(room).emit(event, payload);
  }

  /** The next requests of a kind meet these mishaps, one each. */
  trip(name: string, ...mishaps: Mishap[]): void {
    this.#mishaps.set(name, [...(this.#mishaps.get(name) ?? []), ...mishaps]);
  }

  /** Ends every connection without a word, as a lost network does. */
  cutSockets(): void {
    for (const socket of this.#io.sockets.sockets.values()) socket.conn.close();
  }

  /** Makes a token worthless and shows its bearers out. */
  revoke(token: string): void {
    this.tokens?.delete(token);
    const bearers = [...this.#io.sockets.sockets.values()].filter((socket) => socket.data.token === token);
    for (const socket of bearers) socket.disconnect(true);
  }

  get socketCount(): number {
    return this.#io.sockets.sockets.size;
  }

  count(name: string): number {
    return this.received.filter((request) => request.name === name).length;
  }

  #refusal(token: unknown): (Error & { data: Fields }) | undefined {
    if (!this.tokens || this.tokens.has(String(token))) return undefined;
    return Object.assign(new Error('UNAUTHORIZED'), { data: refusal('UNAUTHORIZED') });
  }

  #welcome(socket: Socket): void {
    socket.data.token = socket.handshake.auth['token'];
    this.#on(socket, 'authorize', ({ token }) => {
      socket.data.token = token;
      return this.#refusal(token)?.data ?? { actor: 'staff' };
    });
    this.#on(socket, 'join_ticket', async ({ ticketId, lastSeq }) => {
      await socket.join(String(ticketId));
      return this.#catchUp(String(ticketId), Number(lastSeq ?? 0));
    });
    this.#on(socket, 'leave_ticket', ({ ticketId }) => socket.leave(String(ticketId)));
    this.#on(socket, 'admin_join_ticket_monitor', () => socket.join('monitor'));
    this.#on(socket, 'message:send', (body) => ({
      message: this.#post(String(body.ticketId), body as unknown as Draft),
    }));
    for (const name of ['message:read', 'ticket:typing', 'ticket:viewing', 'call:signal']) {
      this.#on(socket, name, () => undefined);
    }
  }

  #on(socket: Socket, name: string, answer: (body: Fields) => unknown): void {
    socket.on(name, async (body: Fields, reply?: (ack: unknown) => void) => {
      this.received.push({ name, body });
      const mishap = this.#mishaps.get(name)?.shift();
      if (mishap === 'lose') return;
      if (typeof mishap === 'object') return reply?.(refusal(mishap.error, mishap.retryAfter));
      const refused = name === 'authorize' ? undefined : this.#refusal(socket.data.token);
      const fields = refused ? refused.data : await answer(body);
      const ack = mishap === 'garbage' ? 'what?' : { ok: true, ...(fields as Fields) };
      if (mishap !== 'lose-answer') reply?.(ack);
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const [, ticketId = '', resource = ''] = ROUTE.exec(url.pathname) ?? [];
    const name = `${request.method} ${resource}`;
    const body = request.method === 'POST' ? (JSON.parse(await text(request)) as Fields) : {};
    this.received.push({ name, body: { ...body, ticketId } });
    const token = request.headers.authorization?.replace('Bearer ', '');
    const mishap = this.#mishaps.get(name)?.shift();
    const refused = this.#refusal(token) && ({ error: 'UNAUTHORIZED', status: 401 } as const);
    const refusedAs = typeof mishap === 'object' ? mishap : (refused ?? (resource ? undefined : NO_ROUTE));
    if (refusedAs) {
      refuse(response, refusedAs);
      return;
    }
    const answer = mishap === 'lose' ? undefined : this.#answer(resource, ticketId, url, body);
    if (mishap === 'hang') return;
    if (mishap === 'garbage') response.end('<html>Please accept the terms of this network</html>');
    else if (mishap) response.destroy();
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  }

  #answer(resource: string, ticketId: string, url: URL, body: Fields): unknown {
    if (resource === 'messages') return this.#post(ticketId, body as unknown as Draft);
    return this.#catchUp(ticketId, Number(url.searchParams.get('after')));
  }

  #catchUp(ticketId: string, after: number): CatchUp {
    const log = this.log(ticketId);
    if (log.length - after > this.resetWhenBehind) return { events: [], seq: log.length, reset: true };
    return { events: log.slice(after, after + this.pageSize), seq: log.length };
  }

  /** Stores a message once for each client id; a repetition gets the first. */
  #post(ticketId: string, { content, clientMessageId }: Draft): Fields {
    const known = this.log(ticketId).find((event) => clientIdOf(event) === clientMessageId);
    const draft = { id: randomUUID(), content, clientMessageId };
    return { ...(known ?? this.append(ticketId, 'message.posted', draft)) };
  }

  #broadcast(event: TicketEventPayload): void {
    const rooms = this.#io.sockets.adapter.rooms;
    for (const id of new Set([...(rooms.get(event.ticketId) ?? []), ...(rooms.get('monitor') ?? [])])) {
      const send = () => void this.#io.to(id).emit(NAMES[event.type] ?? event.type, event);
      if (this.#happens(this.faults.drop)) continue;
      const copies = this.#happens(this.faults.duplicate) ? 2 : 1;
      for (let copy = 0; copy < copies; copy++) {
        if (this.#happens(this.faults.delay)) setTimeout(send, this.#random() * this.faults.delayMs);
        else send();
      }
    }
  }

  #happens(probability: number): boolean {
    return this.#random() < probability;
  }
}

const ROUTE = /^\/api\/v1\/tickets\/([^/]+)\/(events|messages)$/;
const NO_ROUTE = { error: 'NOT_FOUND', status: 404 } as const;
const NAMES: Partial<Record<string, string>> = {
  'message.posted': 'message',
  'ticket.updated': 'ticket:updated',
};

function refusal(error: ErrorCode, retryAfter?: number): Fields {
  return { ok: false, error, message: `No: ${error}`, retryAfter };
}

function refuse(response: ServerResponse, { error, status, retryAfter }: Exclude<Mishap, string>): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ success: false, statusCode: status, ...refusal(error) }));
}

/** mulberry32: the same seed, the same mishaps. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
