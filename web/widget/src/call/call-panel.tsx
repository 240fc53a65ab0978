import { useLayoutEffect, useRef } from 'preact/hooks';
import type { CallView, LocalDevice, RemotePeer } from '../../../shared/call/call.js';
import type { DeviceKind } from '../../../shared/call/devices.js';
import { Avatar } from '../avatar.js';
import { Icon } from '../icons.js';
import { useNow } from '../now.js';
import { clock } from '../words.js';
import { CallIcon } from './call-icons.js';
import { tc } from './call-words.js';

export interface CallControls {
  readonly setMicrophone: (on: boolean) => void;
  readonly setCamera: (on: boolean) => void;
  readonly hangUp: () => void;
}

interface CallPanelProps extends CallControls {
  readonly view: CallView;
  /** Daily's frame is put into it. */
  readonly frame?: HTMLElement;
  /** Whom one expects, until they are there. */
  readonly partner: string;
  /** Shows only the call, or the chat beside it; without it there is no chat. */
  readonly onSize?: () => void;
  readonly large: boolean;
}

/** A call: the others, oneself, and what one can do. */
export function CallPanel({ view, frame, partner, onSize, large, ...controls }: CallPanelProps) {
  const { phase, embedded, peers } = view;
  const shown = peers.filter(({ connected }) => connected);
  return (
    <section class={`call ${large ? 'large' : ''} ${phase}`} aria-label={tc('inCall')}>
      <div class="stage">
        {embedded && frame && <Mount element={frame} />}
        {!embedded &&
          (shown.length > 0 ? (
            shown.map((peer) => <Remote key={peer.id} peer={peer} partner={partner} />)
          ) : (
            <div class="nobody">
              <Avatar name={partner} avatar={null} />
            </div>
          ))}
        {!embedded && <Self view={view} />}
        <p class="phase" role="status">
          {phase !== 'connected' &&
            tc(`call.${phase === 'ended' || phase === 'failed' ? 'starting' : phase}`)}
        </p>
        {phase === 'connected' && view.since !== undefined && <Elapsed since={view.since} />}
        {onSize && (
          <button
            type="button"
            class="icon-button size"
            aria-label={tc(large ? 'shrink' : 'enlarge')}
            title={tc(large ? 'shrink' : 'enlarge')}
            onClick={onSize}
          >
            <CallIcon name={large ? 'shrink' : 'grow'} />
          </button>
        )}
      </div>
      {!embedded && <Problems view={view} />}
      <Controls view={view} {...controls} />
    </section>
  );
}

function Controls({ view, setMicrophone, setCamera, hangUp }: CallControls & { readonly view: CallView }) {
  const { microphone, camera } = view;
  return (
    <div class="controls">
      {microphone.state !== 'none' && (
        <button
          type="button"
          class={`control ${microphone.state}`}
          aria-label={tc(microphone.state === 'on' ? 'mute' : 'unmute')}
          title={tc(microphone.state === 'on' ? 'mute' : 'unmute')}
          onClick={() => setMicrophone(microphone.state !== 'on')}
        >
          <CallIcon name={microphone.state === 'on' ? 'mic' : 'micOff'} size={22} />
        </button>
      )}
      {camera.state !== 'none' && (
        <button
          type="button"
          class={`control ${camera.state}`}
          aria-label={tc(camera.state === 'on' ? 'cameraOff' : 'cameraOn')}
          title={tc(camera.state === 'on' ? 'cameraOff' : 'cameraOn')}
          onClick={() => setCamera(camera.state !== 'on')}
        >
          {camera.state === 'on' ? <Icon name="video" size={22} /> : <CallIcon name="videoOff" size={22} />}
        </button>
      )}
      <button
        type="button"
        class="control hang-up"
        aria-label={tc('hangUp')}
        title={tc('hangUp')}
        onClick={hangUp}
      >
        <CallIcon name="hangUp" size={24} />
      </button>
    </div>
  );
}

/** Why a device does not work, and what helps. */
function Problems({ view }: { readonly view: CallView }) {
  const devices: [DeviceKind, LocalDevice][] = [
    ['microphone', view.microphone],
    ['camera', view.camera],
  ];
  const problems = devices.flatMap(([kind, { problem }]) =>
    problem ? [`device.${kind}.${problem}` as const] : [],
  );
  if (!problems.length) return null;
  return (
    <div class="device-problems" role="alert">
      {problems.map((key) => (
        <p key={key}>
          <Icon name="alert" size={16} /> {tc(key)}
        </p>
      ))}
    </div>
  );
}

function Remote({ peer, partner }: { readonly peer: RemotePeer; readonly partner: string }) {
  const name = peer.name ?? partner;
  return (
    <figure class="remote">
      <Video
        stream={peer.stream}
        label={tc(peer.screen ? 'remoteScreen' : 'remoteView', { name })}
        hidden={!peer.camera}
        class={peer.screen ? 'screen' : ''}
      />
      {!peer.camera && (
        <div class="nobody">
          <Avatar name={name} avatar={null} />
        </div>
      )}
      <figcaption>
        {!peer.microphone && (
          <span role="img" aria-label={tc('remoteMuted', { name })}>
            <CallIcon name="micOff" size={14} />
          </span>
        )}
        <bdi>{name}</bdi>
      </figcaption>
    </figure>
  );
}

function Self({ view: { camera, local } }: { readonly view: CallView }) {
  if (camera.state !== 'on' || !local) return null;
  return <Video stream={local} label={tc('selfView')} muted class="self" />;
}

interface VideoProps {
  readonly stream: MediaStream;
  readonly label: string;
  readonly muted?: boolean;
  readonly hidden?: boolean;
  readonly class?: string;
}

/** Sound comes from it too, so a hidden one keeps playing. */
export function Video({ stream, label, muted = false, hidden = false, class: extra = '' }: VideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const { current } = video;
    if (!current) return;
    current.srcObject = stream;
    // Setting the attribute in markup does not mute an element that scripts create.
    current.muted = muted;
    current.play().catch((error: unknown) => {
      // The element was taken out again before it could start.
      if ((error as DOMException).name !== 'AbortError') reportError(error);
    });
  }, [stream, muted]);
  return (
    <video ref={video} class={`${extra} ${hidden ? 'dark' : ''}`} playsInline autoPlay aria-label={label} />
  );
}

function Elapsed({ since }: { readonly since: number }) {
  const now = useNow(1_000);
  return (
    <p class="elapsed" role="timer" aria-live="off">
      {clock((now - since) / 1000)}
    </p>
  );
}

/** Puts an element that is not ours into the page. */
function Mount({ element }: { readonly element: HTMLElement }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    place.current?.append(element);
  }, [element]);
  return <div class="frame-place" ref={place} />;
}
