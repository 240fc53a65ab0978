import { IconPhoneCalling } from '@tabler/icons-react';
import { t } from '../../i18n/translate.js';
import { useCallback } from './use-callback.js';
import { ToneBadge } from '../../ui/tone-badge.js';

/** That the donor is to be called back, and by when; nothing for everybody else. */
export function CallbackBadge({ ticket }: { readonly ticket: { readonly callbackDueAt: string | null } }) {
  return ticket.callbackDueAt === null ? null : <Mark dueAt={ticket.callbackDueAt} />;
}

function Mark({ dueAt }: { readonly dueAt: string }) {
  const { time, isOverdue } = useCallback(dueAt);
  return (
    <ToneBadge
      tone={isOverdue ? 'alarm' : 'warning'}
      size="sm"
      maw="100%"
      title={t('core.callback.by', { time })}
      leftSection={<IconPhoneCalling size={12} aria-hidden />}
    >
      {isOverdue ? t('core.callback.late') : t('core.callback.by', { time })}
    </ToneBadge>
  );
}
