import type { JoinedCall } from '../../../shared/call/call.js';
import { claimsOf } from '../../../client/claims.js';
import { DESK_URL } from '../../../shared/desk-url.js';
import { Rest } from '../chat/data/rest.js';

export interface LinkedCall extends Omit<JoinedCall, 'token'> {
  readonly role: string;
}

/** A call as its link opens it: the token comes in the address's fragment, which browsers do not send. */
export class CallLink {
  readonly #token: string;
  readonly #rest = new Rest(DESK_URL, () => undefined);

  constructor(token: string) {
    this.#token = token;
  }

  /** The token of `#token=…`; nothing when the address has been cut short. */
  static tokenIn(hash: string): string | undefined {
    return new URLSearchParams(hash.slice(1)).get('token') ?? undefined;
  }

  /** Who the token is for, as far as it can be read here; the server alone can tell whether it is good. */
  get name(): string | undefined {
    const { name } = claimsOf(this.#token);
    return typeof name === 'string' ? name : undefined;
  }

  open(): Promise<LinkedCall> {
    return this.#post('open');
  }

  async join(): Promise<JoinedCall> {
    return { ...(await this.#post<LinkedCall>('join')), token: this.#token };
  }

  end(): Promise<unknown> {
    return this.#post('end');
  }

  #post<Answer>(verb: 'open' | 'join' | 'end'): Promise<Answer> {
    return this.#rest.ask('POST', `/call-links/${verb}`, { body: { token: this.#token } });
  }
}
