import { useState } from 'preact/hooks';
import { serverNow } from '../../../shared/clock.js';
import { useNow } from '../now.js';
import { clock, t } from '../words.js';
import type { CallDesk } from './call-desk.js';
import type { Conversation, ConversationState } from './conversation.js';
import { Icon } from '../icons.js';
import { Card, FailureCard } from './parts.js';
import { useStore } from './store.js';
import type { CallRequest, Thread } from './thread.js';

interface CallAreaProps {
  readonly calls: CallDesk;
  readonly conversation: Conversation;
  readonly state: ConversationState;
}

/** What there is to know about calls on this ticket: an open one, one asked for, one that was missed. */
export function CallArea({ calls, conversation, state }: CallAreaProps) {
  const { failure, callId } = useStore(calls);
  const { thread, failed } = state;
  return (
    <>
      {failure && <FailureCard failure={failure} onDismiss={() => calls.forgetFailure()} />}
      {(failed?.action === 'call' || failed?.action === 'cancel') && <FailureCard failure={failed.failure} />}
      {thread.call && callId === undefined && (
        <OpenCallCard thread={thread} onJoin={() => void calls.join(thread)} />
      )}
      {thread.request && (
        <Waiting
          key={thread.request.id}
          request={thread.request}
          isBusy={state.busy === 'cancel'}
          onCancel={() => void conversation.cancelCall()}
        />
      )}
      {thread.missed && !thread.call && <Missed conversation={conversation} missed={thread.missed} />}
    </>
  );
}

interface OpenCallCardProps {
  readonly thread: Thread;
  readonly onJoin: () => void;
}

function OpenCallCard({ thread: { call, admin }, onJoin }: OpenCallCardProps) {
  if (!call) return null;
  const waiting = admin ? t('callReady', { name: admin.name }) : t('callReadyTeam');
  return (
    <div class={`card ring ${call.ringing ? 'ringing' : ''}`} role="status">
      <span class="ring-icon">
        <Icon name={call.video ? 'video' : 'phone'} size={22} />
      </span>
      <div class="card-body">
        <p class="card-title">{call.ringing ? waiting : t('callOpen')}</p>
        <p>{call.ringing ? t(call.video ? 'callReadyHintVideo' : 'callReadyHint') : t('callOpenHint')}</p>
      </div>
      <button type="button" class="button primary" onClick={onJoin}>
        {t('join')}
      </button>
    </div>
  );
}

interface WaitingProps {
  readonly request: CallRequest;
  readonly isBusy: boolean;
  readonly onCancel: () => void;
}

/** A wait that can be seen: how long it lasts at most, and how to take the wish back. */
function Waiting({ request, isBusy, onCancel }: WaitingProps) {
  const now = useNow(1_000);
  const [begun] = useState(serverNow);
  const left = Math.max(0, request.expiresAt - now);
  const share = left / Math.max(1, request.expiresAt - begun);
  return (
    <div class="card waiting">
      <span class="ring-icon">
        <Icon name={request.video ? 'video' : 'phone'} size={22} />
      </span>
      <div class="card-body">
        <p class="card-title" role="status">
          {t('callWaiting')}
        </p>
        <p class="countdown" role="timer" aria-live="off">
          {t('callWaitingLeft', { time: clock(left / 1000) })}
        </p>
        <span class="progress" aria-hidden="true">
          <i style={{ transform: `scaleX(${share})` }} />
        </span>
      </div>
      <button type="button" class="button quiet" aria-disabled={isBusy} onClick={onCancel}>
        {t('callCancel')}
      </button>
    </div>
  );
}

interface MissedProps {
  readonly conversation: Conversation;
  readonly missed: NonNullable<Thread['missed']>;
}

function Missed({ conversation, missed: { video, rejected } }: MissedProps) {
  return (
    <Card icon="phone" tone="warn" title={t(rejected ? 'callRejected' : 'callMissed')} role="status">
      <p>{t(rejected ? 'callRejectedHint' : 'callMissedHint')}</p>
      <p class="row">
        {!rejected && (
          <button
            type="button"
            class="button"
            onClick={() => void conversation.requestCall(video ? 'video' : 'audio')}
          >
            {t('callAgain')}
          </button>
        )}
        <button type="button" class="button quiet" onClick={() => conversation.forgetMissed()}>
          {t('dismiss')}
        </button>
      </p>
    </Card>
  );
}
