import type { Message } from 'firebase-admin/messaging';
import { cutText } from '../../contract/text.js';
import type { Push } from './pusher.js';

/** FCM takes 4,096 bytes; what its own wrapping adds is left free. */
const MAX_BYTES = 3_800;
const HOUR_S = 3_600;

const bytesOf = (message: Message): number => Buffer.byteLength(JSON.stringify(message));

/** The push in FCM's words (HTTP v1), its text shortened until all of it fits. */
export function toFcmMessage(push: Push): Message {
  let body = push.body;
  let message = build(push, body);
  while (bytesOf(message) > MAX_BYTES && body !== '') {
    const excess = bytesOf(message) - MAX_BYTES;
    // A UTF-16 unit takes at most 3 bytes, and each text stands in the message once.
    body = cutText(body, Math.max(0, body.length - Math.ceil(excess / 3) - 1));
    message = build(push, `${body}…`);
  }
  return message;
}

function build({ token, title, data, tag, urgent = false }: Push, body: string): Message {
  return {
    token,
    notification: { title, body },
    data,
    android: {
      collapseKey: tag,
      priority: urgent ? 'high' : 'normal',
      ttl: HOUR_S * 1_000 * (urgent ? 1 : 24),
      notification: { tag },
    },
    apns: {
      headers: { 'apns-collapse-id': tag, 'apns-priority': urgent ? '10' : '5' },
      payload: { aps: { threadId: data['ticketId'] ?? tag, sound: 'default' } },
    },
    webpush: { headers: { Urgency: urgent ? 'high' : 'normal' }, notification: { tag } },
  };
}
