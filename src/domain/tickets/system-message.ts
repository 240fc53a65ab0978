import { randomUUID } from 'node:crypto';
import type { SystemMessage } from '../../contract/system-messages.js';
import { message } from '../../platform/i18n/messages.js';
import type { NewMessage } from '../event-log/rows.js';

/**
 * A line that everybody on the ticket reads, for clients that only follow messages. Its text in English is for those that do not know
 * the key.
 */
export function systemMessage(system: SystemMessage): NewMessage & { system: SystemMessage } {
  return {
    id: randomUUID(),
    senderId: 'system',
    senderType: 'system',
    senderName: null,
    content: message('en', `system.${system.key}`, system.params),
    messageType: 'system',
    system,
    clientMessageId: null,
    channel: 'api',
  };
}
