import type { Shape } from '../../../../client/rest/client.js';
import { learnTime } from '../../../../client/clock.js';
import { DESK_URL } from '../../../../shared/desk-url.js';
import { asFailure, badAnswer, httpFailure, type Failure } from '../../../../client/failure.js';
import { readStored, writeStored } from '../../storage/stored.js';

const SIGNED_IN = 'signed-in';

export type StaffUser = Shape<'StaffProfileResponse'>;

/** `unreachable`: nobody knows whether we are signed in; a reload asks again. */
export type SignedOutReason = 'expired' | 'unreachable';

export type SessionState =
  | { phase: 'restoring' }
  | { phase: 'signed-out'; reason?: SignedOutReason }
  | { phase: 'signed-in'; user: StaffUser };

interface Tokens {
  accessToken: string;
  user: StaffUser;
}

/** What the server said to a sign-in. */
export class SignInRefused extends Error {
  /** The server's word for it, such as TOTP_REQUIRED. */
  readonly code: string;

  constructor({ code, message }: Failure) {
    super(message);
    this.code = code;
  }
}

/** The access token lives in memory only; an HttpOnly cookie brings a new one after a reload. */
class Session {
  #state: SessionState = { phase: 'restoring' };
  #accessToken: string | undefined;
  #refreshing: Promise<string | undefined> | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): SessionState => this.#state;

  /** A TokenSource: the current token, or a renewed one for a refused one. */
  readonly token = (refused?: string): string | undefined | Promise<string | undefined> => {
    if (refused === undefined || refused !== this.#accessToken) return this.#accessToken;
    return this.refresh();
  };

  /** Whether somebody has signed in from this browser, and not out again. */
  isExpected(): boolean {
    return readStored(SIGNED_IN) !== null;
  }

  /** At the start of the page: anyone who has the cookie is signed in. */
  async restore(): Promise<void> {
    // Without a sign-in from this browser there is no cookie to ask about.
    if (!this.isExpected()) {
      this.#leave();
      return;
    }
    try {
      await this.refresh();
    } catch {
      this.#leave('unreachable');
    }
  }

  /** `totp`: the second factor, for those who are asked for it. */
  async signIn(username: string, password: string, totp?: string): Promise<void> {
    const given = { username, password, ...(totp !== undefined && { totp }) };
    const response = await post('/api/v1/auth/login', given);
    if (!response.ok) throw new SignInRefused(await refusalOf(response));
    this.accept(await tokensIn(response));
  }

  /**
   * The page starts afresh, so that nothing of this person stays in its memory. Throws a `Failure` when the desk did not end the
   * session: the cookie would sign in the next person who opens the dashboard.
   */
  async signOut(): Promise<void> {
    const response = await post('/api/v1/auth/logout', undefined, this.#accessToken);
    if (!response.ok) throw await refusalOf(response);
    writeStored(SIGNED_IN, null);
    location.assign(`${DESK_URL}/dashboard`);
  }

  updateUser(user: StaffUser): void {
    this.#set({ phase: 'signed-in', user });
  }

  refresh(): Promise<string | undefined> {
    this.#refreshing ??= this.#renew().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #renew(): Promise<string | undefined> {
    const response = await post('/api/v1/auth/refresh');
    if (response.ok) {
      this.accept(await tokensIn(response));
      return this.#accessToken;
    }
    // Only a refusal ends the session; a server that is unavailable for a moment does not.
    if (response.status === 401) {
      writeStored(SIGNED_IN, null);
      this.#leave('expired');
    } else if (this.#state.phase === 'restoring') this.#leave('unreachable');
    return undefined;
  }

  /** Goes on with these, as after a sign-in or a change of the password. */
  accept({ accessToken, user }: Tokens): void {
    writeStored(SIGNED_IN, 'yes');
    this.#accessToken = accessToken;
    this.#set({ phase: 'signed-in', user });
  }

  #leave(reason?: SignedOutReason): void {
    this.#accessToken = undefined;
    this.#set({ phase: 'signed-out', ...(reason && { reason }) });
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** Throws a `Failure` where there is no answer. */
async function post(path: string, body?: object, token?: string): Promise<Response> {
  const response = await fetch(DESK_URL + path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: unknown): never => {
    throw asFailure(error);
  });
  learnTime(response);
  return response;
}

async function refusalOf(response: Response): Promise<Failure> {
  const body: unknown = await response.json().catch(() => undefined);
  return httpFailure(response.status, body, response.headers.get('retry-after'));
}

async function tokensIn(response: Response): Promise<Tokens> {
  const body: unknown = await response.json().catch(() => undefined);
  if (body === undefined) throw badAnswer();
  return body as Tokens;
}

export const session = new Session();
