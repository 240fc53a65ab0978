import { Stack, VisuallyHidden } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import type { StaffEventPayload } from '../../../../../../src/contract/events/event-payload.js';
import { callTag, ringKey } from '../../../../../../src/contract/notice-tags.js';
import { answer, api, type WaitingCallRequest } from '../../../data/api.js';
import { showFailure } from '../../../ui/feedback.js';
import { useBoardMonitor } from '../../../data/lists/board-monitor.js';
import { useMe } from '../../../data/session/use-session.js';
import { donorOf } from '../../../data/ticket-names.js';
import { t } from '../../../i18n/translate.js';
import { useCalls } from '../call-context.js';
import { tellOutcome } from './ring-outcome.js';
import { RingCard } from './ring-card.js';
import { useAlarm, type Ringing } from '../../../ui/alarm/use-alarm.js';
import { useSeconds } from '../../../ui/use-seconds.js';
import { waitingQuery } from './waiting-query.js';
import styles from './ring.module.css';

const NO_REQUESTS: readonly WaitingCallRequest[] = [];

/** Donors who wait for a call ring on every page, until somebody answers, they give up or time is up. */
export function Ring() {
  const me = useMe();
  const { data = NO_REQUESTS } = useQuery(waitingQuery);
  const [silenced, setSilenced] = useState<ReadonlySet<string>>(new Set());
  const ringing = data.filter(({ id, ticket }) => !silenced.has(id) && isForMe(ticket.adminId, me.id));
  const shown = useRef(ringing);
  shown.current = ringing;

  const onEvent = useCallback(
    (event: StaffEventPayload) => {
      const requestId = 'requestId' in event ? event.requestId : undefined;
      const request = shown.current.find(({ id }) => id === requestId);
      if (request) tellOutcome(event, request, me.id);
    },
    [me.id],
  );
  useBoardMonitor(onEvent);

  if (ringing.length === 0) return null;
  return (
    <Ringing
      requests={ringing}
      silent={me.chosenAvailability === 'away'}
      onSilence={(id) => setSilenced(new Set([...silenced, id]))}
    />
  );
}

/** A colleague's donor rings for the colleague. */
function isForMe(ownerId: number | null, myId: number): boolean {
  return ownerId === null || ownerId === myId;
}

interface RingingProps {
  readonly requests: readonly WaitingCallRequest[];
  readonly silent: boolean;
  readonly onSilence: (requestId: string) => void;
}

function Ringing({ requests, silent, onSilence }: RingingProps) {
  const now = useSeconds();
  const alive = requests.filter(({ expiresAt }) => Date.parse(expiresAt) > now);
  const [first] = alive;
  const isBlocked = useAlarm(silent || !first ? undefined : ringingOf(first));
  const { busy, accept, reject } = useAnswers();
  const calls = useCalls();
  if (!first) return null;
  return (
    <Stack className={styles.ring} gap="xs" role="region" data-ringing aria-label={t('core.ring.title')}>
      <VisuallyHidden role="alert">
        {t(`core.ring.incoming.${first.mode}`, { name: donorOf(first.ticket) })}
      </VisuallyHidden>
      {alive.map((request) => (
        <RingCard
          key={request.id}
          request={request}
          secondsLeft={Math.ceil((Date.parse(request.expiresAt) - now) / 1_000)}
          isBlocked={isBlocked}
          busy={busy === request.id}
          onCall={calls.current !== undefined}
          onAccept={() => void accept(request)}
          onReject={() => void reject(request)}
          onSilence={() => onSilence(request.id)}
        />
      ))}
    </Stack>
  );
}

/** Named as the push of the same request is. */
function ringingOf({ ticketId, expiresAt, mode, ticket }: WaitingCallRequest): Ringing {
  return {
    words: t(`core.ring.incoming.${mode}`, { name: donorOf(ticket) }),
    ticketId,
    tag: callTag(ticketId),
    key: ringKey(ticketId, new Date(expiresAt)),
  };
}

function useAnswers() {
  const [busy, setBusy] = useState<string>();
  const client = useQueryClient();
  const navigate = useNavigate();
  const calls = useCalls();

  async function run(request: WaitingCallRequest, act: () => Promise<unknown>): Promise<void> {
    setBusy(request.id);
    try {
      await act();
      client.setQueryData(waitingQuery.queryKey, (all) => all?.filter(({ id }) => id !== request.id));
    } catch (error) {
      showFailure(error);
      // A refusal tells that it is over, or not: only the server knows what still waits.
      void client.invalidateQueries({ queryKey: waitingQuery.queryKey });
    } finally {
      setBusy(undefined);
    }
  }

  const accept = (request: WaitingCallRequest): Promise<void> =>
    run(request, async () => {
      const path = { path: { id: request.id } };
      const { call } = await answer(api.POST('/api/v1/call-requests/{id}/accept', { params: path }));
      const { id: callId, ticketId, callType } = call;
      calls.open({ callId, ticketId, callType, name: donorOf(request.ticket) });
      await navigate({ to: '/tickets/$ticketId', params: { ticketId: request.ticketId } });
    });
  const reject = (request: WaitingCallRequest): Promise<void> =>
    run(request, () =>
      answer(api.POST('/api/v1/call-requests/{id}/reject', { params: { path: { id: request.id } } })),
    );
  return { busy, accept, reject };
}
