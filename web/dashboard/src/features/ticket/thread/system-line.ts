import { isolated } from '../../../../../shared/locale.js';
import type { MessageKey } from '../../../i18n/catalogues.js';
import { language } from '../../../i18n/language.js';
import { t } from '../../../i18n/translate.js';

/** The lines that the server writes into a conversation, in English, for clients that only follow messages. */
const LINES: readonly (readonly [key: MessageKey, pattern: RegExp])[] = [
  ['ticket.system.assigned', /^(?<name>.+) is now helping you\.$/s],
  ['ticket.system.transferred', /^Transferred to (?<name>.+)\.$/s],
  ['ticket.system.callAsked.audio', /^An audio call was requested\.$/],
  ['ticket.system.callAsked.video', /^A video call was requested\.$/],
  ['ticket.system.callRejected', /^We cannot take a call right now\. Please go on by message\.$/],
  ['ticket.system.callStarted.audio', /^An audio call has started\.$/],
  ['ticket.system.callStarted.video', /^A video call has started\.$/],
  ['ticket.system.callEnded', /^The call has ended\.$/],
  ['ticket.system.callExpired', /^Nobody could take the call in time\. We will call back\.$/],
  ['ticket.system.resolved', /^This ticket was marked as resolved\.$/],
  ['ticket.system.closed', /^This ticket was closed\.$/],
  ['ticket.system.cancelled', /^This ticket was cancelled\.$/],
  ['ticket.system.reopened', /^This ticket was opened again\.$/],
];

/** Such a line in the reader's language; an unknown one as it is. */
export function systemLine(content: string): string {
  for (const [key, pattern] of LINES) {
    const found = pattern.exec(content);
    if (found) return t(key, found.groups);
  }
  return isolated(content, language.direction());
}
