import '../../ui/mantine-pages.css';
import { ActionIcon, Alert, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconArrowLeft, IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Failure } from '../../../../client/failure.js';
import { isolated } from '../../../../shared/locale.js';
import { LoadFailed, Loading, NotFound } from '../../ui/feedback.js';
import { LinkIcon } from '../../ui/links.js';
import { CallbackNotice } from './callback-notice.js';
import { useCalls } from '../calls/call-context.js';
import { unreadQuery } from '../../data/lists/unread-query.js';
import { useMe } from '../../data/session/use-session.js';
import { donorOf, subjectOf } from '../../data/ticket-names.js';
import { PriorityBadge, StatusBadge } from '../ticket-marks/badges.js';
import { t } from '../../i18n/translate.js';
import { Composer } from './composer/composer.js';
import { permissionsOn, type Permissions } from '../../data/permissions.js';
import { SidePanel } from './details/side-panel.js';
import type { Snapshot } from './sync/snapshot.js';
import { StreamNotice } from './stream-notice.js';
import { Thread } from './thread/thread.js';
import { TicketActions } from './actions/ticket-actions.js';
import { useTicketActions, type TicketActions as Actions } from './actions/use-ticket-actions.js';
import { useTicket, type LiveTicket } from './sync/use-ticket.js';
import { Viewers } from './viewers.js';
import { usePageTitle } from '../../ui/page-title.js';
import { product } from '../../ui/product.js';
import icons from '../../ui/icons.module.css';
import styles from './ticket-page.module.css';

export function TicketPage() {
  const { ticketId } = useParams({ from: '/tickets/$ticketId' });
  return <Loaded key={ticketId} ticketId={ticketId} />;
}

function Loaded({ ticketId }: { ticketId: string }) {
  const live = useTicket(ticketId);
  const { query, stream } = live;
  // Where reading begins is known before the thread is drawn, which tells that it was read.
  const isReadingKnown = !useQuery(unreadQuery).isPending;
  const isGone = [query.error, stream?.reason].some(
    (error) => error instanceof Failure && error.code === 'NOT_FOUND',
  );
  const isMalformed = query.error instanceof Failure && query.error.code === 'BAD_REQUEST';
  if (isGone || isMalformed || query.data?.isDeleted) return <NotFound />;
  if (query.isPending || !isReadingKnown) return <Loading rows={5} height={64} />;
  if (query.data === undefined) {
    return <LoadFailed text={t('ticket.failed')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <Desk live={live} snapshot={query.data} />;
}

interface DeskProps {
  readonly live: LiveTicket;
  readonly snapshot: Snapshot;
}

function Desk({ live, snapshot }: DeskProps) {
  const { ticket } = snapshot;
  const me = useMe();
  const may = permissionsOn(ticket, me);
  const actions = useTicketActions(ticket);
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  const [detailsOpen, details] = useDisclosure(false);
  usePageTitle(`${isolated(donorOf(ticket))} · ${product.name}`);
  const panel = <SidePanel ticket={ticket} actions={actions} />;

  return (
    <div className={styles.ticket}>
      <Stack className={styles.main} gap="xs">
        <Header
          snapshot={snapshot}
          may={may}
          actions={actions}
          live={live}
          onDetails={narrow ? details.open : undefined}
        />
        <StreamNotice live={live} />
        <OpenCallNotice snapshot={snapshot} />
        <CallbackNotice ticket={ticket} actions={actions} />
        <Thread live={live} snapshot={snapshot} may={may} />
        <Composer key={ticket.id} ticket={ticket} may={may} stream={live.stream} />
      </Stack>
      {narrow ? (
        <Drawer
          opened={detailsOpen}
          onClose={details.close}
          position="right"
          size="min(360px, 100%)"
          title={t('ticket.details')}
        >
          {panel}
        </Drawer>
      ) : (
        <aside className={styles.side} aria-label={t('ticket.details')} tabIndex={0}>
          {panel}
        </aside>
      )}
    </div>
  );
}

interface HeaderProps {
  readonly snapshot: Snapshot;
  readonly may: Permissions;
  readonly actions: Actions;
  readonly live: LiveTicket;
  /** Given where the details are in a drawer. */
  readonly onDetails: (() => void) | undefined;
}

function Header({ snapshot: { ticket }, may, actions, live, onDetails }: HeaderProps) {
  return (
    <Group justify="space-between" align="flex-start" gap="xs">
      <Group gap="xs" wrap="nowrap" align="flex-start" flex="1 1 240px" miw={0}>
        <LinkIcon to="/" variant="subtle" color="gray" aria-label={t('ticket.back')} mt={2}>
          <IconArrowLeft size={18} className={icons.directional} aria-hidden />
        </LinkIcon>
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Title order={1} size="h4" dir="auto" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
              {subjectOf(ticket)}
            </Title>
            <StatusBadge status={ticket.status} />
            <PriorityBadge priority={ticket.priority} />
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            <bdi>{donorOf(ticket)}</bdi> · {ticket.number}
          </Text>
        </div>
      </Group>
      <Group gap="xs">
        <Viewers viewers={live.viewers} />
        <TicketActions ticket={ticket} may={may} actions={actions} />
        {onDetails && (
          <ActionIcon variant="default" size={30} aria-label={t('ticket.details')} onClick={onDetails}>
            <IconInfoCircle size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
    </Group>
  );
}

function OpenCallNotice({ snapshot: { ticket } }: { snapshot: Snapshot }) {
  const calls = useCalls();
  const { id, activeCallId, callType } = ticket;
  if (activeCallId === null || callType === null || calls.current?.callId === activeCallId) return null;
  return (
    <Alert variant="light" color="brand" py="xs" role="status">
      <Group justify="space-between">
        <Text size="sm">{t('ticket.call.open')}</Text>
        <Button
          size="compact-sm"
          disabled={calls.current !== undefined}
          onClick={() =>
            calls.open({
              callId: activeCallId,
              ticketId: id,
              callType,
              name: donorOf(ticket),
              preview: true,
            })
          }
        >
          {t('ticket.call.join')}
        </Button>
      </Group>
    </Alert>
  );
}
