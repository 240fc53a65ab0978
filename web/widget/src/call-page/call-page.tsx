import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { createCall, type Call, type CallView } from '../../../shared/call/call.js';
import { chosenDevices, keepChoice } from '../../../shared/call/device-list.js';
import {
  HeldDevices,
  idsOf,
  stopDevices,
  type DeviceChoice,
  type OpenedDevices,
} from '../../../shared/call/devices.js';
import { DESK_URL } from '../../../shared/desk-url.js';
import { asFailure, type Failure } from '../../../client/failure.js';
import { createConnection } from '../../../client/live/connection.js';
import { CallPanel, Video } from '../call/call-panel.js';
import { tc } from '../call/call-words.js';
import { failureText } from '../chat/ui/parts.js';
import { Icon, type IconName } from '../icons.js';
import { t } from '../words.js';
import { DevicePicker } from './device-picker.js';
import type { CallLink, LinkedCall } from './call-link.js';

type Step =
  | { readonly name: 'loading' }
  | { readonly name: 'ready'; readonly linked: LinkedCall }
  | { readonly name: 'in'; readonly call: Call; readonly view: CallView }
  | { readonly name: 'over' }
  | { readonly name: 'failed'; readonly failure: Failure };

/** A call on a page of its own: a look at oneself first, then the call, and in the end a word. */
export function CallPage({ link }: { readonly link: CallLink | undefined }) {
  const [step, go] = useState<Step>({ name: 'loading' });
  const fail = (error: unknown) => go({ name: 'failed', failure: asFailure(error) });
  const open = () => {
    go({ name: 'loading' });
    link?.open().then((linked) => go({ name: 'ready', linked }), fail);
  };
  useEffect(open, [link]);
  useEffect(() => {
    if (step.name !== 'in') return undefined;
    const { call } = step;
    const leave = () => call.leave();
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  }, [step.name]);

  if (!link) return <Explained icon="alert" title={tc('page.noToken')} hint={tc('page.noTokenHint')} />;
  switch (step.name) {
    case 'loading':
      return <Explained icon="clock" title={tc('call.starting')} />;
    case 'ready':
      return <Ready linked={step.linked} onJoin={(opened) => join(link, go, opened).catch(fail)} />;
    case 'in':
      return (
        <CallPanel
          view={step.view}
          partner={t('team')}
          large
          setMicrophone={(on) => step.call.setMicrophone(on)}
          setCamera={(on) => step.call.setCamera(on)}
          hangUp={() => {
            go({ name: 'over' });
            step.call.hangUp().catch(fail);
          }}
        />
      );
    case 'over':
      return <Explained icon="check" title={tc('page.ended')} hint={tc('page.endedHint')} />;
    case 'failed':
      return <Failed failure={step.failure} onRetry={open} />;
  }
}

async function join(
  link: CallLink,
  go: (step: Step) => void,
  opened: OpenedDevices | undefined,
): Promise<void> {
  const joined = await link.join().catch((error: unknown) => {
    if (opened) stopDevices(opened);
    throw error;
  });
  const connection = createConnection({ url: DESK_URL });
  const state: { call?: Call } = {};
  const show = (view: CallView) => {
    const { call } = state;
    if (!call) return;
    if (view.phase === 'failed' && view.reason) go({ name: 'failed', failure: view.reason });
    else if (view.phase === 'ended') go({ name: 'over' });
    else go({ name: 'in', call, view });
    if (view.phase === 'failed' || view.phase === 'ended') connection.close();
  };
  state.call = await createCall({
    joined,
    connection,
    end: () => link.end(),
    rejoin: () => link.join(),
    setup: { devices: chosenDevices(), opened },
    onChange: show,
  });
  show(state.call.view);
}

interface ReadyProps {
  readonly linked: LinkedCall;
  /** Takes the devices over. */
  readonly onJoin: (opened: OpenedDevices | undefined) => Promise<void>;
}

/** Before anybody sees one: the own picture, and what does not work. */
function Ready({ linked: { callType }, onJoin }: ReadyProps) {
  const video = callType === 'video';
  const [choice, setChoice] = useState(chosenDevices);
  const [busy, setBusy] = useState(false);
  const { devices, hand } = useOpenedDevices(video, choice);
  const camera = devices?.camera;
  const problems = (
    [
      ['microphone', devices?.microphone],
      ['camera', camera],
    ] as const
  ).flatMap(([kind, one]) => (one && 'problem' in one ? [`device.${kind}.${one.problem}` as const] : []));
  return (
    <section class="page-card">
      {camera && 'track' in camera ? (
        <Preview key={camera.track.id} track={camera.track} />
      ) : (
        <span class="page-icon">
          <Icon name={video ? 'video' : 'phone'} size={40} />
        </span>
      )}
      <h1>{tc('page.ready')}</h1>
      <p>{video ? tc('page.readyHint') : tc('page.audioOnly')}</p>
      {problems.map((key) => (
        <p class="page-problem" role="alert" key={key}>
          <Icon name="alert" size={16} /> {tc(key)}
        </p>
      ))}
      <DevicePicker
        video={video}
        inUse={devices ? idsOf(devices) : choice}
        onChoose={(kind, id) => {
          keepChoice(kind, id);
          setChoice(chosenDevices());
        }}
      />
      <button
        type="button"
        class="button primary wide"
        aria-disabled={busy}
        onClick={() => {
          setBusy(true);
          void onJoin(hand());
        }}
      >
        {t(busy ? 'joining' : 'join')}
      </button>
    </section>
  );
}

/** The devices of this choice, opened. `hand` gives them away, to the call; otherwise they are closed in the end. */
function useOpenedDevices(video: boolean, choice: DeviceChoice) {
  const [devices, setDevices] = useState<OpenedDevices>();
  const held = useRef<HeldDevices | undefined>(undefined);
  useEffect(() => {
    const own = new HeldDevices(video, choice, setDevices);
    held.current = own;
    return () => own.close();
  }, [video, choice]);
  return { devices, hand: () => held.current?.hand() };
}

function Preview({ track }: { readonly track: MediaStreamTrack }) {
  const [stream] = useState(() => new MediaStream([track]));
  return <Video stream={stream} label={tc('selfView')} muted class="preview" />;
}

interface FailedProps {
  readonly failure: Failure;
  readonly onRetry: () => void;
}

function Failed({ failure, onRetry }: FailedProps) {
  switch (failure.code) {
    case 'FORBIDDEN':
      return <Explained icon="clock" title={tc('page.expired')} hint={tc('page.expiredHint')} />;
    case 'CALL_ENDED':
    case 'NOT_FOUND':
      return <Explained icon="check" title={tc('page.ended')} hint={tc('page.endedHint')} />;
    default:
      return (
        <Explained icon="alert" title={tc('page.failed')} hint={failureText(failure)}>
          <button type="button" class="button primary wide" onClick={onRetry}>
            {t('retry')}
          </button>
        </Explained>
      );
  }
}

interface ExplainedProps {
  readonly icon: IconName;
  readonly title: string;
  readonly hint?: string;
  readonly children?: ComponentChildren;
}

function Explained({ icon, title, hint, children }: ExplainedProps) {
  return (
    <section class="page-card" role="status">
      <span class="page-icon">
        <Icon name={icon} size={40} />
      </span>
      <h1>{title}</h1>
      {hint && <p>{hint}</p>}
      {children}
    </section>
  );
}
