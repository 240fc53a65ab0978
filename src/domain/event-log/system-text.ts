import type { Locale } from '../../contract/locales.js';
import { isSystemMessageKey } from '../../contract/system-messages.js';
import { message } from '../../platform/i18n/messages.js';
import type { MessageRow } from './rows.js';

/** What a message says, for readers without a face: a line of the server in their language, anything else as it was written. */
export function systemText(
  { system, content }: Pick<MessageRow, 'system' | 'content'>,
  locale: Locale,
): string {
  if (system === null || !isSystemMessageKey(system.key)) return content;
  return message(locale, `system.${system.key}`, system.params);
}
