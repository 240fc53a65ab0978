import { useState } from 'preact/hooks';
import { serverNow } from '../../../../client/clock.js';
import { useNow } from '../../now.js';
import { clock, t } from '../../words.js';
import type { Conversation, ConversationState } from '../desk/conversation.js';
import type { Desk } from '../desk/desk.js';
import { Icon } from '../../icons.js';
import { FailureCard } from '../ui/parts.js';
import { useStore } from '../data/store.js';
import type { CallRequest, Thread } from '../data/thread.js';
import { useLoaded } from '../ui/use-loaded.js';

interface CallAreaProps {
  readonly desk: Desk;
  readonly conversation: Conversation;
  readonly state: ConversationState;
}

/** What there is to know about calls on this ticket: an open one, one asked for, one that was missed. */
export function CallArea({ desk, conversation, state }: CallAreaProps) {
  const { calls, api } = desk;
  const { failure, callId } = useStore(calls);
  const { opening } = useStore(desk);
  const { thread, failed } = state;
  const { call, request } = thread;
  const unreached = !request && !call?.ringing && (thread.missed ?? thread.callback) !== undefined;
  const Callback = useLoaded('callback', unreached && state.loaded, state.stream, () =>
    import('./callback.js').then(({ load }) => load()),
  );
  return (
    <>
      {failure && <FailureCard failure={failure} onDismiss={() => calls.forgetFailure()} />}
      {(failed?.action === 'call' || failed?.action === 'cancel') && <FailureCard failure={failed.failure} />}
      {request && (
        <Waiting
          key={request.id}
          request={request}
          isBusy={state.busy === 'cancel'}
          onCancel={() => void conversation.cancelCall()}
        />
      )}
      {call && callId === undefined && !unreached && (
        <OpenCallCard thread={thread} isBack={calls.isBack(call.id)} onJoin={() => void calls.join(thread)} />
      )}
      {unreached && Callback && (
        <Callback
          rest={api.rest}
          conversation={conversation}
          state={state}
          mayRing={opening?.canCall !== false}
        />
      )}
    </>
  );
}

interface OpenCallCardProps {
  readonly thread: Thread;
  /** The donor was in it before the page was loaded again. */
  readonly isBack?: boolean;
  readonly onJoin: () => void;
}

export function OpenCallCard({ thread: { call, admin }, isBack, onJoin }: OpenCallCardProps) {
  if (!call) return null;
  const waiting = admin ? t('callReady', { name: admin.name }) : t('callReadyTeam');
  const title = isBack ? t('callRunning') : call.ringing ? waiting : t('callOpen');
  return (
    <div class={`card ring ${call.ringing ? 'ringing' : ''}`} role="status">
      <span class="ring-icon">
        <Icon name={call.video ? 'video' : 'phone'} size={22} />
      </span>
      <div class="card-body">
        <p class="card-title">{title}</p>
        <p>{call.ringing ? t(call.video ? 'callReadyHintVideo' : 'callReadyHint') : t('callOpenHint')}</p>
      </div>
      <button type="button" class="button primary" onClick={onJoin}>
        {t(isBack ? 'callReturn' : 'join')}
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
export function Waiting({ request, isBusy, onCancel }: WaitingProps) {
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
