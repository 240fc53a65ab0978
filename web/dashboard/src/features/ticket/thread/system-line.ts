import { isSystemMessageKey } from '../../../../../../src/contract/system-messages.js';
import { isolated } from '../../../../../shared/locale.js';
import type { Message } from '../../../data/api.js';
import { language } from '../../../i18n/language.js';
import { t } from '../../../i18n/translate.js';

/** A line of the server in the reader's language and from the side of staff; one without a key that is known as it was written. */
export function systemLine({ system, content }: Pick<Message, 'system' | 'content'>): string {
  if (system === null || !isSystemMessageKey(system.key)) return isolated(content, language.direction());
  return t(`ticket.system.${system.key}`, system.params);
}
