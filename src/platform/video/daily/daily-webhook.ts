import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { VideoWebhookRejected } from '../port/video.errors.js';
import type { VideoWebhookEvent } from '../port/video-provider.js';

const MAX_AGE_MS = 5 * 60_000;
const MAX_BODY_BYTES = 64 * 1024;
const SIGNATURE_BYTES = 32;
const MILLISECONDS_FROM = 1e11;

const seconds = z.number().min(0).max(1e11);
const name = z.string().min(1).max(200);

const eventSchema = z.object({
  id: name,
  type: z.string(),
  event_ts: seconds.optional(),
  payload: z.unknown(),
});
const participantSchema = z.object({
  room: name,
  session_id: name,
  user_id: z.string().max(200).nullish(),
  user_name: z.string().max(500).nullish(),
  owner: z.boolean().nullish(),
  joined_at: seconds.nullish(),
  duration: seconds.nullish(),
});
const endedSchema = z.object({ room: name, end_ts: seconds.nullish() });

/**
 * Verifies and translates Daily's webhooks: X-Webhook-Signature is the base64 HMAC-SHA256, under the base64-decoded
 * secret, of `<X-Webhook-Timestamp>.<raw body>` (docs.daily.co, "Webhooks").
 */
export class DailyWebhook {
  readonly #secret: Buffer | undefined;

  constructor(
    secret: string | undefined,
    private readonly now: () => Date,
  ) {
    this.#secret = secret === undefined ? undefined : Buffer.from(secret, 'base64');
    if (this.#secret?.length === 0)
      throw new Error('DAILY_WEBHOOK_SECRET must be the base64 text that Daily shows.');
  }

  /** Throws VideoWebhookRejected. */
  verify(headers: IncomingHttpHeaders, rawBody: Buffer): VideoWebhookEvent {
    if (rawBody.length > MAX_BODY_BYTES) throw new VideoWebhookRejected('malformed');
    if (isCreationCheck(rawBody)) return { id: 'creation-check', type: 'ignored', at: this.now() };
    const sentAt = this.authenticate(headers, rawBody);
    try {
      return translate(JSON.parse(rawBody.toString('utf8')), sentAt);
    } catch {
      throw new VideoWebhookRejected('malformed');
    }
  }

  private authenticate(headers: IncomingHttpHeaders, rawBody: Buffer): Date {
    if (this.#secret === undefined) throw new VideoWebhookRejected('not_configured');
    const signature = headers['x-webhook-signature'];
    const timestamp = headers['x-webhook-timestamp'];
    if (typeof signature !== 'string' || typeof timestamp !== 'string' || !/^\d{1,16}$/.test(timestamp)) {
      throw new VideoWebhookRejected('unsigned');
    }
    const expected = createHmac('sha256', this.#secret).update(`${timestamp}.`).update(rawBody).digest();
    const given = Buffer.from(signature, 'base64');
    if (given.length !== SIGNATURE_BYTES || !timingSafeEqual(expected, given)) {
      throw new VideoWebhookRejected('bad_signature');
    }
    const sentAt = Number(timestamp) >= MILLISECONDS_FROM ? Number(timestamp) : Number(timestamp) * 1000;
    if (Math.abs(this.now().getTime() - sentAt) > MAX_AGE_MS) throw new VideoWebhookRejected('stale');
    return new Date(sentAt);
  }
}

/** Daily tries an endpoint with this body before it hands out the secret, and wants a 200. It says nothing, so it is harmless. */
function isCreationCheck(rawBody: Buffer): boolean {
  return rawBody.length < 40 && rawBody.toString('utf8').replace(/\s/g, '') === '{"test":"test"}';
}

function translate(json: unknown, sentAt: Date): VideoWebhookEvent {
  const { id, type, event_ts, payload } = eventSchema.parse(json);
  const base = { id, at: at(event_ts) ?? sentAt };
  switch (type) {
    case 'participant.joined':
    case 'participant.left': {
      const person = participantSchema.parse(payload);
      const happenedAt =
        type === 'participant.joined' ? at(person.joined_at) : at(sum(person.joined_at, person.duration));
      return {
        id,
        type,
        at: happenedAt ?? base.at,
        roomName: person.room,
        participant: {
          sessionId: person.session_id,
          role: person.owner === true ? 'admin' : 'donor',
          ...(person.user_id ? { userId: person.user_id } : {}),
          ...(person.user_name ? { userName: person.user_name } : {}),
        },
      };
    }
    case 'meeting.ended': {
      const ended = endedSchema.parse(payload);
      return { id, type, at: at(ended.end_ts) ?? base.at, roomName: ended.room };
    }
    default:
      return { ...base, type: 'ignored' };
  }
}

function at(unixSeconds: number | null | undefined): Date | undefined {
  return typeof unixSeconds === 'number' ? new Date(unixSeconds * 1000) : undefined;
}

function sum(start: number | null | undefined, duration: number | null | undefined): number | undefined {
  return typeof start === 'number' && typeof duration === 'number' ? start + duration : undefined;
}
