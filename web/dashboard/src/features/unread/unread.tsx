import { Group, Text } from '@mantine/core';
import { IconInbox, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Ticket } from '../../data/api.js';
import { UNREAD_CAP } from '../../data/lists/unread-news.js';
import { unreadQuery, useUnreadTicket } from '../../data/lists/unread-query.js';
import { donorOf, subjectOf } from '../../data/ticket-names.js';
import { t } from '../../i18n/translate.js';
import { LinkNav } from '../../ui/links.js';
import { ToneBadge } from '../../ui/tone-badge.js';
import { useUnreadSigns } from './use-unread-signs.js';
import styles from './unread.module.css';

interface UnreadLinksProps {
  /** Whose tickets the page lists, as the address says it. */
  readonly owner: string | undefined;
  readonly onClick: () => void;
}

/** The person's own tickets and nobody's in the navigation, with how many have something unread. */
export function UnreadLinks({ owner, onClick }: UnreadLinksProps) {
  const { mine = 0, unassigned = 0 } = useQuery(unreadQuery).data ?? {};
  const total = mine + unassigned;
  useUnreadSigns(total === 0 ? '' : shownCount(total));
  return (
    <>
      <LinkNav
        to="/tickets"
        search={{ owner: 'me' }}
        label={t('unread.mine')}
        leftSection={<IconUser size={18} aria-hidden />}
        rightSection={<Count count={mine} of="tickets" />}
        active={owner === 'me'}
        onClick={onClick}
      />
      <LinkNav
        to="/tickets"
        search={{ owner: 'none' }}
        label={t('core.card.unassigned')}
        leftSection={<IconInbox size={18} aria-hidden />}
        rightSection={<Count count={unassigned} of="tickets" />}
        active={owner === 'none'}
        onClick={onClick}
      />
    </>
  );
}

/**
 * What is unread of a ticket: a dot, how much, and the last of it with its sender, unless what stands beside it says the same.
 * Nothing when all is read.
 */
export function UnreadMark({ ticket }: { readonly ticket: Ticket }) {
  const unread = useUnreadTicket(ticket.id);
  if (unread === undefined) return null;
  const { lastMessage } = unread;
  const senderName = lastMessage.senderName === donorOf(ticket) ? null : lastMessage.senderName;
  const text = lastMessage.text === subjectOf(ticket) ? null : lastMessage.text;
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      <span className={styles.dot} aria-hidden />
      <Count count={unread.count} of="count" />
      <Text size="xs" dir="auto" truncate>
        {senderName !== null && (
          <>
            <bdi className={styles.sender}>{senderName}</bdi>
            {text !== null && ': '}
          </>
        )}
        {text}
      </Text>
    </Group>
  );
}

function Count({ count, of }: { readonly count: number; readonly of: 'count' | 'tickets' }) {
  if (count === 0) return null;
  return (
    <ToneBadge
      tone="bold"
      size="sm"
      role="img"
      aria-label={t(`unread.${of}`, { count })}
      style={{ flexShrink: 0 }}
    >
      {shownCount(count)}
    </ToneBadge>
  );
}

/** A count as people read it: above 99 nobody counts. */
function shownCount(count: number): string {
  return count < UNREAD_CAP
    ? t('core.board.exact', { count })
    : t('core.board.many', { count: UNREAD_CAP - 1 });
}
