import type { Messaging } from 'firebase-admin/messaging';
import { CircuitOpen } from '../outbound/circuit.js';
import { inTime, OutboundTimeout } from '../outbound/in-time.js';
import { Outbound, type OutboundOptions } from '../outbound/outbound.js';
import { retryAfterMs } from '../outbound/retry-after.js';
import { toFcmMessage } from './fcm-message.js';
import { gatewayAgent } from './gateway-agent.js';
import { PushRefused, PushTokenGone, PushUnavailable } from './push.errors.js';
import { Pusher, type Push } from './pusher.js';

export interface FcmOptions {
  projectId: string;
  clientEmail: string;
  /** PEM. */
  privateKey: string;
  /** A gateway instead of Google's own addresses. */
  apiUrl?: string | undefined;
  outbound?: Partial<OutboundOptions>;
}

/** firebase-admin waits and retries by itself; all of it has one timeout, after which the job's own retry takes over. */
const PATIENCE_MS = 20_000;
const APP_NAME = 'concierge';
/** FCM's words for a token that is worth nothing to us, now and ever. */
const GONE = new Set([
  'messaging/registration-token-not-registered',
  'messaging/invalid-registration-token',
  'messaging/mismatched-credential',
]);

/**
 * Pushes by Firebase Cloud Messaging (firebase-admin, HTTP v1). The library is large: it is loaded with the first push, and
 * never where none is configured.
 */
export class FcmPusher extends Pusher {
  readonly isConfigured = true;
  #messaging: Promise<Messaging> | undefined;
  private readonly outbound: Outbound;
  private readonly patienceMs: number;

  constructor(private readonly options: FcmOptions) {
    super();
    this.patienceMs = options.outbound?.tryTimeoutMs ?? PATIENCE_MS;
    const isOutage = (error: unknown) => error instanceof PushUnavailable && error.isOutage;
    const oneTry = { tryTimeoutMs: this.patienceMs, tries: 1 };
    this.outbound = new Outbound('FCM', { isOutage }, { ...options.outbound, ...oneTry });
  }

  async send(push: Push): Promise<void> {
    const work = async () => {
      const messaging = await this.messaging();
      await messaging.send(toFcmMessage(push));
    };
    await translating(() => this.outbound.run(() => translating(work)));
  }

  /**
   * A dry run (`validate_only`) to a topic that nobody follows: proves the account, the project, the clock and the way there. It
   * neither counts for the circuit nor waits for it.
   */
  async check(): Promise<void> {
    await translating(() =>
      inTime(this.patienceMs, async () => {
        const messaging = await this.messaging();
        await messaging.send({ topic: 'concierge-check', data: {} }, true);
      }),
    );
  }

  private messaging(): Promise<Messaging> {
    this.#messaging ??= this.load();
    return this.#messaging;
  }

  private async load(): Promise<Messaging> {
    const [{ deleteApp, getApps, initializeApp }, { getMessaging }, { ServiceAccount }] = await Promise.all([
      import('firebase-admin/app'),
      import('firebase-admin/messaging'),
      import('./google-credential.js'),
    ]);
    const { projectId, clientEmail, privateKey, apiUrl } = this.options;
    const httpAgent = apiUrl === undefined ? undefined : gatewayAgent(apiUrl);
    // Apps are global to the process; one of an earlier life would answer with its settings.
    for (const app of getApps()) if (app.name === APP_NAME) await deleteApp(app);
    const credential = new ServiceAccount(clientEmail, privateKey, apiUrl);
    const app = initializeApp({ credential, projectId, ...(httpAgent && { httpAgent }) }, APP_NAME);
    return getMessaging(app);
  }
}

interface FirebaseFailure {
  code?: string;
  message?: string;
  httpResponse?: { status: number; headers: Record<string, unknown> };
}

async function translating(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw translated(error);
  }
}

const isOurs = (error: unknown): error is Error =>
  [PushUnavailable, PushRefused, PushTokenGone].some((kind) => error instanceof kind);

function translated(error: unknown): Error {
  if (isOurs(error)) return error;
  if (error instanceof OutboundTimeout) return new PushUnavailable('no answer in time');
  if (error instanceof CircuitOpen)
    return new PushUnavailable('FCM keeps failing, so calls to it are paused', seconds(error.retryAfterMs));
  const { code = 'unknown', message = '', httpResponse } = error as FirebaseFailure;
  if (GONE.has(code)) return new PushTokenGone();
  if (code === 'messaging/invalid-argument') {
    // FCM has one code for a payload that is wrong and a token that is none; only its text tells them apart.
    return /registration token/i.test(message) ? new PushTokenGone() : new PushRefused(code);
  }
  if (code === 'messaging/payload-size-limit-exceeded') return new PushRefused(code);
  const asked = retryAfterMs(httpResponse?.headers['retry-after']) ?? 0;
  const isOutage = code !== 'messaging/third-party-auth-error';
  return new PushUnavailable(code, asked > 0 ? seconds(asked) : undefined, isOutage);
}

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));
