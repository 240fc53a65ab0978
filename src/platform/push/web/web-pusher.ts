import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { cutText } from '../../../contract/text.js';
import { CONFIG } from '../../config/config.module.js';
import type { Config } from '../../config/config.js';
import { parseSender } from '../../config/mail-sender.js';
import { isSecure, publicHost } from '../../config/public-address.js';
import { SealBroken } from '../../crypto/secret-box.js';
import { CircuitOpen } from '../../outbound/circuit.js';
import { OutboundTimeout } from '../../outbound/in-time.js';
import { Outbound } from '../../outbound/outbound.js';
import { retryAfterMs } from '../../outbound/retry-after.js';
import { PushRefused, PushTokenGone, PushUnavailable } from '../push.errors.js';
import { PrivateAddress } from './push-endpoint.js';
import { postPush, type PushServiceAnswer, type PushServiceRequest } from './push-service.js';
import { VapidKeys } from './vapid-keys.js';
import type { Subscription, WebPush, WebPushContent } from './web-push.js';

/** Push services take bodies of 4,096 bytes; the encryption adds 103 (RFC 8291 §4). */
const MAX_BYTES = 3_900;
/** The job tries again by itself. */
const ONE_TRY = { tryTimeoutMs: 10_000, tries: 1 };
/** Push services at a time: there are four large ones, and anybody who works here may name more. */
const MOST_SERVICES = 50;

/** Pushes to browsers by their own push services (Web Push, RFC 8030), encrypted for the browser alone and signed with the desk's key. */
@Injectable()
export class WebPusher {
  /** Each service has its own circuit: one that is down, or invented, does not pause the others. */
  private readonly services = new LRUCache<string, Outbound>({ max: MOST_SERVICES });
  private readonly subject: string;

  constructor(
    private readonly keys: VapidKeys,
    @Inject(CONFIG) private readonly config: Pick<Config, 'webPush' | 'publicUrl' | 'mail'>,
  ) {
    this.subject = contactOf(config);
  }

  get isConfigured(): boolean {
    return this.config.webPush.isOn;
  }

  /** What browsers subscribe to. */
  async publicKey(): Promise<string> {
    return (await this.keys.pair()).publicKey;
  }

  /**
   * Hands one push to the browser's push service. Throws PushTokenGone when the browser will never take one again, PushRefused when
   * trying again is useless, and PushUnavailable when it is not.
   */
  async send(subscription: Subscription, push: WebPush): Promise<void> {
    try {
      const request = await this.requestOf(subscription, push);
      await this.serviceAt(subscription.endpoint).run(async (signal) => {
        throwForStatus(await postPush(request, signal));
      });
    } catch (error) {
      throw translated(error);
    }
  }

  private serviceAt(endpoint: string): Outbound {
    const { origin } = new URL(endpoint);
    const known = this.services.get(origin);
    if (known !== undefined) return known;
    const isOutage = (error: unknown) =>
      !(error instanceof PushTokenGone || error instanceof PushRefused || error instanceof PrivateAddress);
    const service = new Outbound('A push service of browsers', { isOutage }, ONE_TRY);
    this.services.set(origin, service);
    return service;
  }

  private async requestOf(
    { endpoint, p256dh, auth }: Subscription,
    { content, ttl, urgent }: WebPush,
  ): Promise<PushServiceRequest> {
    const [{ default: webPush }, keys] = await Promise.all([import('web-push'), this.keys.pair()]);
    const { headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      payloadOf(content),
      {
        vapidDetails: { subject: this.subject, ...keys },
        TTL: ttl,
        urgency: urgent ? 'high' : 'normal',
        topic: topicOf(content.tag),
      },
    );
    return { endpoint, headers, body };
  }
}

/** Of what waits for a browser that is unavailable, the newest of a topic is kept: 32 letters at most (RFC 8030 §5.4). */
const topicOf = (tag: string): string =>
  createHash('sha256').update(tag).digest().subarray(0, 24).toString('base64url');

/** Whom push services may tell of trouble. Apple takes no address of this machine. */
function contactOf(config: Pick<Config, 'publicUrl' | 'mail'>): string {
  const sender = parseSender(config.mail.from ?? '');
  if (sender !== undefined) return `mailto:${sender.address}`;
  return isSecure(config) ? new URL(config.publicUrl).origin : `mailto:desk@${publicHost(config)}`;
}

/** The content as JSON, its text shortened until all of it fits. */
function payloadOf(content: WebPushContent): string {
  let { body } = content;
  let payload = JSON.stringify(content);
  while (Buffer.byteLength(payload) > MAX_BYTES && body !== '') {
    // A UTF-16 unit takes at most 6 bytes.
    body = cutText(
      body,
      Math.max(0, body.length - Math.ceil((Buffer.byteLength(payload) - MAX_BYTES) / 6) - 1),
    );
    payload = JSON.stringify({ ...content, body: `${body}…` });
  }
  return payload;
}

const GONE = new Set([404, 410]);
/** It asks for a pause, or is not well; anything else is about this push. */
const isBusy = (status: number): boolean => status === 408 || status === 429 || status >= 500;

function throwForStatus({ status, retryAfter }: PushServiceAnswer): void {
  if (status >= 200 && status < 300) return;
  if (GONE.has(status)) throw new PushTokenGone();
  if (!isBusy(status)) throw new PushRefused(`a push service answered ${status}`);
  const asked = retryAfterMs(retryAfter) ?? 0;
  throw new PushUnavailable(`a push service answered ${status}`, asked > 0 ? seconds(asked) : undefined);
}

function translated(error: unknown): Error {
  if (error instanceof PushTokenGone || error instanceof PushRefused || error instanceof PushUnavailable)
    return error;
  if (error instanceof SealBroken) return new PushRefused('its keys are sealed under another ENCRYPTION_KEY');
  if (error instanceof PrivateAddress) return new PushRefused('a push service has a private address');
  if (error instanceof OutboundTimeout) return new PushUnavailable('a push service gave no answer in time');
  if (error instanceof CircuitOpen)
    return new PushUnavailable(
      'a push service keeps failing, so calls to it are paused',
      seconds(error.retryAfterMs),
    );
  return new PushUnavailable('a push service could not be reached');
}

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));
