import { createHash, verify, type KeyObject } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { roleOfParticipant } from './videosdk-token.js';
import { VideoWebhookRejected } from '../port/video.errors.js';
import type { VideoWebhookEvent } from '../port/video-provider.js';

const MAX_BODY_BYTES = 64 * 1024;
/** VideoSDK may change its key; a signature that does not fit makes us ask again, but not more often than this. */
const ASK_AGAIN_MS = 60_000;
const KEY_LIFE_MS = 60 * 60_000;

const name = z.string().min(1).max(200);
const eventSchema = z.object({ webhookType: z.string(), data: z.unknown() });
const participantSchema = z.object({
  meetingId: name,
  participantId: name,
  participantName: z.string().max(500).nullish(),
});
const endedSchema = z.object({ meetingId: name, end: z.string().max(60).nullish() });

/**
 * Verifies and translates VideoSDK's webhooks: `videosdk-signature` is the base64 RSA-SHA256 signature of the raw body, under
 * a key that VideoSDK publishes (docs.videosdk.live, "Webhook Verification"). It covers neither a time nor an id, so the
 * body itself is the id: the same one counts once.
 */
export class VideosdkWebhook {
  private key: KeyObject | undefined;
  private askedAt = -Infinity;

  constructor(
    private readonly fetchKey: () => Promise<KeyObject>,
    private readonly now: () => Date,
  ) {}

  /** Throws VideoWebhookRejected, and what `fetchKey` throws. */
  async verify(headers: IncomingHttpHeaders, rawBody: Buffer): Promise<VideoWebhookEvent> {
    if (rawBody.length > MAX_BODY_BYTES) throw new VideoWebhookRejected('malformed');
    const signature = headers['videosdk-signature'];
    if (typeof signature !== 'string' || signature === '') throw new VideoWebhookRejected('unsigned');
    if (!(await this.isGenuine(rawBody, Buffer.from(signature, 'base64')))) {
      throw new VideoWebhookRejected('bad_signature');
    }
    try {
      return translate(rawBody, this.now());
    } catch {
      throw new VideoWebhookRejected('malformed');
    }
  }

  private async isGenuine(body: Buffer, signature: Buffer): Promise<boolean> {
    const age = this.now().getTime() - this.askedAt;
    if (this.key !== undefined && age < KEY_LIFE_MS && verify('RSA-SHA256', body, this.key, signature)) {
      return true;
    }
    if (this.key !== undefined && age < ASK_AGAIN_MS) return false;
    this.key = await this.fetchKey();
    this.askedAt = this.now().getTime();
    return verify('RSA-SHA256', body, this.key, signature);
  }
}

function translate(rawBody: Buffer, now: Date): VideoWebhookEvent {
  const { webhookType, data } = eventSchema.parse(JSON.parse(rawBody.toString('utf8')));
  const base = { id: createHash('sha256').update(rawBody).digest('hex'), at: now };
  switch (webhookType) {
    case 'participant-joined':
    case 'participant-left': {
      const { meetingId, participantId, participantName } = participantSchema.parse(data);
      const role = roleOfParticipant(participantId);
      // Somebody who came with a token that is not ours, such as the vendor's own recorder.
      if (role === undefined) return { ...base, type: 'ignored' };
      return {
        ...base,
        type: webhookType === 'participant-joined' ? 'participant.joined' : 'participant.left',
        roomName: meetingId,
        participant: {
          sessionId: participantId,
          role,
          ...(participantName ? { userName: participantName } : {}),
        },
      };
    }
    case 'session-ended': {
      const { meetingId, end } = endedSchema.parse(data);
      const ended = new Date(end ?? '');
      return {
        id: base.id,
        type: 'meeting.ended',
        at: Number.isNaN(ended.getTime()) ? now : ended,
        roomName: meetingId,
      };
    }
    default:
      return { ...base, type: 'ignored' };
  }
}
