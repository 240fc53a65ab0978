import { useEffect, useState } from 'preact/hooks';
import { t } from '../../words.js';
import { CallArea } from './call-area.js';
import { Composer } from './composer.js';
import type { Conversation, ConversationState } from '../desk/conversation.js';
import type { Desk } from '../desk/desk.js';
import { Icon, type IconName } from '../../icons.js';
import { Bar, Card, failureText, FailureCard, IconButton } from '../ui/parts.js';
import { useStore } from '../data/store.js';
import { ThreadLog } from './thread-log.js';
import { isOver } from '../data/is-over.js';
import { useLoaded } from '../ui/use-loaded.js';

type Question = 'call' | 'solved' | undefined;

interface TicketViewProps {
  readonly desk: Desk;
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

export function TicketView({ desk, conversation, onClose }: TicketViewProps) {
  const state = useStore(conversation);
  const { opening } = useStore(desk);
  const nobody = opening && !opening.canCall ? opening : undefined;
  const [question, ask] = useState<Question>();
  const { thread } = state;
  const { status, admin } = thread;
  const over = isOver(status);
  const person = admin ?? { name: t('team'), avatar: null };
  const ending = useLoaded('ending', question === 'solved' || (over && state.loaded), state.stream, () =>
    import('./ending.js').then(({ load }) => load()),
  );
  const AskForCallback = useLoaded(
    'ask-callback',
    question === 'call' && nobody !== undefined,
    state.stream,
    () => import('./callback.js').then(({ loadForm }) => loadForm()),
  );
  // Where a callback is owed already, its card says how to change that.
  const isOwed = nobody !== undefined && thread.callback !== undefined;
  const mayAskForCall = !over && !thread.call && !thread.request && !isOwed;
  const toggle = (next: Question) => ask(question === next ? undefined : next);
  // A question goes when it has been answered, not because something else happens meanwhile.
  useEffect(() => ask(undefined), [over]);
  useEffect(() => ask((asked) => (asked === 'call' ? undefined : asked)), [mayAskForCall]);
  return (
    <div class="view chat">
      <Bar
        title={person.name}
        subtitle={t(`status.${status}`)}
        person={person}
        onBack={() => desk.go({ name: 'home' })}
        onClose={onClose}
      >
        {mayAskForCall && (
          <IconButton
            icon="phone"
            label={nobody?.words.askCallback ?? t('askAudio')}
            expanded={question === 'call'}
            onClick={() => toggle('call')}
          />
        )}
        {!over && (
          <IconButton
            icon="check"
            label={t('markSolved')}
            expanded={question === 'solved'}
            onClick={() => toggle('solved')}
          />
        )}
      </Bar>
      <StreamState conversation={conversation} state={state} />
      <RunningCall desk={desk} ticketId={thread.ticketId} partner={person.name} />
      <div class="notices">
        {question === 'call' &&
          (nobody ? (
            AskForCallback && (
              <AskForCallback rest={desk.api.rest} state={state} onDone={() => ask(undefined)} />
            )
          ) : (
            <AskForCall conversation={conversation} onDone={() => ask(undefined)} />
          ))}
        {question === 'solved' && ending && (
          <ending.AskIfSolved conversation={conversation} onDone={() => ask(undefined)} />
        )}
        <CallArea desk={desk} conversation={conversation} state={state} />
        {state.failed?.action === 'resolve' && <FailureCard failure={state.failed.failure} />}
      </div>
      <ThreadLog conversation={conversation} state={state} />
      <footer class="foot">
        {over && ending && <ending.Ending desk={desk} conversation={conversation} state={state} />}
        {(!over || status === 'resolved') && (
          <Composer conversation={conversation} reopens={status === 'resolved'} />
        )}
      </footer>
    </div>
  );
}

interface StreamStateProps {
  readonly conversation: Pick<Conversation, 'resume'>;
  readonly state: ConversationState;
}

/** How things stand with the connection; nothing while all is well. */
export function StreamState({ conversation, state }: StreamStateProps) {
  const isOnline = useOnline();
  const { reason } = state;
  // The device knows of a lost network before the socket does.
  const stream = isOnline || state.stream === 'failed' ? state.stream : 'offline';
  if (stream === 'live') return null;
  const icon: IconName = stream === 'catching-up' ? 'clock' : 'offline';
  return (
    <div class={`strip ${stream}`} role="status">
      <Icon name={icon} size={16} />
      <span>
        {stream === 'failed' && reason ? `${t('state.failed')} ${failureText(reason)}` : t(`state.${stream}`)}
      </span>
      {stream === 'failed' && (
        <button type="button" class="link" onClick={() => conversation.resume()}>
          {t('retry')}
        </button>
      )}
    </div>
  );
}

/** What the device says about its network. */
function useOnline(): boolean {
  const [isOnline, set] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => set(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return isOnline;
}

interface RunningCallProps {
  readonly desk: Desk;
  readonly ticketId: string;
  readonly partner: string;
}

function RunningCall({ desk: { calls }, ticketId, partner }: RunningCallProps) {
  const { callId, view, room, ticketId: inTicket } = useStore(calls);
  const [large, setLarge] = useState(false);
  if (callId === undefined || inTicket !== ticketId) return null;
  if (!view || !room) {
    return (
      <p class="strip" role="status">
        <Icon name="phone" size={16} /> {t('joining')}
      </p>
    );
  }
  return (
    <room.CallPanel
      view={view}
      frame={calls.frame}
      partner={partner}
      large={large}
      onSize={() => setLarge(!large)}
      setMicrophone={(on) => calls.call?.setMicrophone(on)}
      setCamera={(on) => calls.call?.setCamera(on)}
      hangUp={() => void calls.hangUp()}
    />
  );
}

interface QuestionProps {
  readonly conversation: Conversation;
  readonly onDone: () => void;
}

function AskForCall({ conversation, onDone }: QuestionProps) {
  const request = (mode: 'audio' | 'video') => {
    onDone();
    void conversation.requestCall(mode);
  };
  return (
    <Card icon="phone" title={t('formMode')}>
      <p class="row">
        <button type="button" class="button" onClick={() => request('audio')}>
          <Icon name="phone" size={18} /> {t('modeAudio')}
        </button>
        <button type="button" class="button" onClick={() => request('video')}>
          <Icon name="video" size={18} /> {t('modeVideo')}
        </button>
        <button type="button" class="button quiet" onClick={onDone}>
          {t('cancel')}
        </button>
      </p>
    </Card>
  );
}
