import { setTimeout as sleep } from 'node:timers/promises';
import type { Messaging } from 'firebase-admin/messaging';
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
  /** Milliseconds one push may take in all; 20 s unless told. */
  patience?: number;
}

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

  constructor(private readonly options: FcmOptions) {
    super();
  }

  async send(push: Push): Promise<void> {
    await this.within(async (messaging) => {
      await messaging.send(toFcmMessage(push));
    });
  }

  /** A dry run (`validate_only`) to a topic that nobody follows: proves the account, the project, the clock and the way there. */
  async check(): Promise<void> {
    await this.within(async (messaging) => {
      await messaging.send({ topic: 'concierge-check', data: {} }, true);
    });
  }

  /** firebase-admin waits and retries by itself; all of it has one deadline, after which the job's own retry takes over. */
  private async within(work: (messaging: Messaging) => Promise<void>): Promise<void> {
    const enough = new AbortController();
    const tooLate = sleep(this.options.patience ?? PATIENCE_MS, 'late' as const, { signal: enough.signal });
    try {
      const ended = await Promise.race([this.messaging().then(work), tooLate]);
      if (ended === 'late') throw new PushUnavailable('no answer in time');
    } catch (error) {
      throw translated(error);
    } finally {
      tooLate.catch(() => undefined);
      enough.abort();
    }
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

function translated(error: unknown): Error {
  if (error instanceof PushUnavailable) return error;
  const { code = 'unknown', message = '', httpResponse } = error as FirebaseFailure;
  if (GONE.has(code)) return new PushTokenGone();
  if (code === 'messaging/invalid-argument') {
    // FCM has one code for a payload that is wrong and a token that is none; only its text tells them apart.
    return /registration token/i.test(message) ? new PushTokenGone() : new PushRefused(code);
  }
  if (code === 'messaging/payload-size-limit-exceeded') return new PushRefused(code);
  return new PushUnavailable(code, retryAfter(httpResponse?.headers['retry-after']));
}

/** Seconds, from either form that the header has. */
function retryAfter(header: unknown): number | undefined {
  if (typeof header !== 'string') return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1_000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined;
}
