import type { Message } from 'firebase-admin/messaging';
import type { Push } from './pusher.js';

/** FCM takes 4,096 bytes; what its own wrapping adds is left free. */
const MAX_BYTES = 3_800;
const HOUR_S = 3_600;

const bytesOf = (message: Message): number => Buffer.byteLength(JSON.stringify(message));

/** The push in FCM's words (HTTP v1), its text shortened until all of it fits. */
export function toFcmMessage(push: Push): Message {
  const words = [...push.body];
  let message = build(push, push.body);
  while (bytesOf(message) > MAX_BYTES && words.length > 0) {
    const excess = bytesOf(message) - MAX_BYTES;
    // A character takes at most 4 bytes, and each text stands in the message once.
    words.splice(Math.max(0, words.length - Math.ceil(excess / 4) - 1));
    message = build(push, `${words.join('')}…`);
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
