import { isSystemMessageKey, type SystemMessage } from '../../../../../../src/contract/system-messages.js';
import { isolated } from '../../../../../shared/locale.js';
import type { Message } from '../../../data/api.js';
import { language } from '../../../i18n/language.js';
import { t } from '../../../i18n/translate.js';
import { clockLength, lasting } from '../../../ui/when.js';

/**
 * A line of the server in the reader's language and from their side: what they did themselves they read as theirs. One without a
 * key that is known as it was written.
 */
export function systemLine({ system, content }: Pick<Message, 'system' | 'content'>, myId: number): string {
  if (system === null || !isSystemMessageKey(system.key)) return isolated(content, language.direction());
  const line = system as SystemMessage;
  return t(`ticket.system.${line.key}`, {
    ...line.params,
    who: whoOf(line, String(myId)),
    length: lengthOf(line),
  });
}

type Who = 'me' | 'mine' | 'staff' | 'other';

/** Who did it, or became the owner: the reader, the reader through somebody, a colleague, or somebody else. */
function whoOf({ params }: SystemMessage, myId: string): Who {
  const byId = 'byId' in params ? params.byId : undefined;
  if ('name' in params) {
    if (params.adminId !== myId) return 'other';
    return byId === myId ? 'me' : 'mine';
  }
  if (byId === undefined) return 'other';
  return byId === myId ? 'me' : 'staff';
}

function lengthOf({ key, params }: SystemMessage): string {
  const seconds = 'seconds' in params ? Number(params.seconds) : NaN;
  if (Number.isNaN(seconds)) return 'none';
  return key === 'call.ended' ? clockLength(seconds) : lasting(seconds * 1_000);
}
