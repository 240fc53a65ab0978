import { Text } from '@mantine/core';
import { IconPhoneCalling } from '@tabler/icons-react';
import { t } from '../../i18n/translate.js';
import { useCallback } from './use-callback.js';
import { ToneBadge } from '../../ui/tone-badge.js';

interface CallbackBadgeProps {
  readonly ticket: { readonly callbackDueAt: string | null; readonly callbackPhone: string | null };
}

/** That the donor is to be called back, by when and where; nothing for everybody else. */
export function CallbackBadge({ ticket: { callbackDueAt, callbackPhone } }: CallbackBadgeProps) {
  if (callbackDueAt === null) return null;
  return (
    <>
      <Mark dueAt={callbackDueAt} />
      {callbackPhone !== null && (
        <Text size="xs" maw="100%" truncate>
          <bdi>{callbackPhone}</bdi>
        </Text>
      )}
    </>
  );
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
