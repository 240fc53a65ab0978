import { Agent, request } from 'node:http';
import type { TicketEventPayload } from '../../src/contract/events/event-payload.js';

/** The parts of answers that the judge looks at. */
export interface AnswerBody {
  id?: string;
  seq?: number;
  number?: string;
  adminId?: number | null;
  donorToken?: string;
  accessToken?: string;
  error?: string;
  message?: string;
  call?: { id: string } | null;
  callPending?: boolean;
  events?: TicketEventPayload[];
  reset?: boolean;
}

export interface Request {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: object | undefined;
}

/** `unsent`: the server never saw it. `lost`: it may have, and nobody knows what it did. */
export type Outcome =
  | { kind: 'answered'; status: number; retryAfter: string | undefined; body: AnswerBody }
  | { kind: 'unsent' }
  | { kind: 'lost'; why: string };

const PATIENCE_MS = 30_000;

/** Requests over connections that are kept, as browsers do; tells what became of each instead of throwing. */
export class Sender {
  private readonly agent: Agent;

  constructor(keepAlive = true) {
    this.agent = new Agent({ keepAlive });
  }

  send(url: string, { method, path, headers = {}, body }: Request): Promise<Outcome> {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const sent = request(`${url}${path}`, {
      method,
      agent: this.agent,
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { ...(json !== undefined && { 'content-type': 'application/json' }), ...headers },
    });
    const fail = (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'ECONNREFUSED'
          ? { kind: 'unsent' }
          : { kind: 'lost', why: error.code ?? error.message },
      );
    sent.on('error', fail);
    sent.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('error', fail);
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => {
        const { statusCode: status = 0, headers: answered } = response;
        const text = Buffer.concat(pieces).toString('utf8');
        resolve({ kind: 'answered', status, retryAfter: answered['retry-after'], body: parse(text) });
      });
    });
    sent.end(json);
    return promise;
  }

  close(): void {
    this.agent.destroy();
  }
}

function parse(text: string): AnswerBody {
  return text === '' ? {} : (JSON.parse(text) as AnswerBody);
}
