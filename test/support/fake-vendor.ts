import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What goes wrong with a request. `lost-answer` does the work and cuts the connection instead of answering. */
export type VendorFault =
  | { kind: 'slow'; ms: number }
  | { kind: 'hang' }
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  | { kind: 'garbage' }
  | { kind: 'huge'; bytes: number }
  | { kind: 'cut' }
  | { kind: 'cut-body' }
  | { kind: 'lost-answer' };

export interface VendorRequest {
  method: string;
  path: string;
  body: unknown;
}

export interface SignedWebhook {
  headers: Record<string, string>;
  rawBody: Buffer;
}

export interface Reply {
  status: number;
  body: unknown;
}

/** A real HTTP server on a loopback port in a vendor's place, which can be told to misbehave. */
export abstract class FakeVendor {
  /** Every request that reached the server, faulty ones included, in order. */
  readonly requests: VendorRequest[] = [];
  private readonly server = createServer();
  private readonly faults: VendorFault[] = [];
  private lasting: VendorFault | undefined;
  private readonly sockets = new Set<Socket>();

  protected get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Spoils the next requests, one fault each, in order. */
  failNext(...faults: VendorFault[]): void {
    this.faults.push(...faults);
  }

  /** Spoils every request until heal(). */
  failAlways(fault: VendorFault): void {
    this.lasting = fault;
  }

  heal(): void {
    this.faults.length = 0;
    this.lasting = undefined;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  protected async listen(): Promise<this> {
    this.server.on('request', (request, response) => void this.serve(request, response));
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  /** What the vendor does and answers when nothing goes wrong. */
  protected abstract reply(request: VendorRequest, headers: IncomingHttpHeaders): Reply;

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString('utf8');
      const body: unknown = text === '' ? undefined : JSON.parse(text);
      const { method = 'GET', url = '/' } = request;
      this.requests.push({ method, path: url, body });
      const fault = this.faults.shift() ?? this.lasting;
      await answer(response, fault, () => this.reply({ method, path: url, body }, request.headers));
    } catch {
      // A client that hung up in the middle is what half of the tests provoke.
      request.socket.destroy();
    }
  }
}

async function answer(
  response: ServerResponse,
  fault: VendorFault | undefined,
  work: () => Reply,
): Promise<void> {
  switch (fault?.kind) {
    case 'hang':
      return;
    case 'cut':
      response.destroy();
      return;
    case 'lost-answer':
      work();
      response.destroy();
      return;
    case 'cut-body':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      response.write('{"name":"call-');
      setImmediate(() => response.destroy());
      return;
    case 'status':
      send(response, fault.status, JSON.stringify(fault.body ?? { error: 'fault' }), fault.headers);
      return;
    case 'garbage':
      send(response, 200, '<html>502 Bad Gateway</html>');
      return;
    case 'huge':
      send(response, 200, JSON.stringify({ ...asRecord(work().body), padding: 'x'.repeat(fault.bytes) }));
      return;
    case 'slow':
      await sleep(fault.ms);
      break;
    case undefined:
      break;
  }
  const reply = work();
  send(response, reply.status, JSON.stringify(reply.body));
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
