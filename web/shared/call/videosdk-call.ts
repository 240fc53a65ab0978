import { claimsOf } from '../../client/claims.js';
import { Failure, fieldsOf } from '../../client/failure.js';
import type { Call, CallOptions, CallPhase, CallView } from './call-view.js';

const MAY = 'camera; microphone; autoplay; fullscreen; display-capture';

/**
 * A call on VideoSDK's hosted page in a frame, which brings the picture, the devices and their buttons. The page tells us
 * nothing: `connected` means that it is there. Anyone who leaves for good hangs up here.
 */
export class VideosdkCall implements Call {
  readonly #options: CallOptions;
  readonly #frame: HTMLIFrameElement;
  readonly #stop: () => void;
  #view: CallView;
  #closed = false;

  constructor(options: CallOptions) {
    const { frame: parent, joined, connection } = options;
    if (!parent)
      throw new Failure('VIDEO_UNAVAILABLE', 'There is no place for the call on this page.', false);
    this.#options = options;
    this.#view = {
      phase: 'starting',
      embedded: true,
      peers: [],
      microphone: { state: 'none' },
      camera: { state: 'none' },
      screen: { state: 'none' },
    };
    this.#frame = parent.ownerDocument.createElement('iframe');
    this.#frame.title = 'VideoSDK';
    this.#frame.allow = MAY;
    this.#frame.referrerPolicy = 'no-referrer';
    this.#frame.style.cssText = 'width:100%;height:100%;border:0';
    this.#frame.addEventListener('load', () => {
      if (!this.#closed) this.#set('connected');
    });
    this.#frame.src = pageOf(joined);
    parent.append(this.#frame);
    this.#stop = connection.on('call:ended', (event) => {
      if (fieldsOf(event).callId === joined.id) this.#finish();
    });
  }

  get view(): CallView {
    return this.#view;
  }

  /** The frame has its own buttons, and hears nobody else's. */
  setMicrophone(): void {
    return undefined;
  }

  setCamera(): void {
    return undefined;
  }

  choose(): void {
    return undefined;
  }

  shareScreen(): void {
    return undefined;
  }

  async hangUp(): Promise<void> {
    this.leave();
    await this.#options.end();
  }

  leave(): void {
    this.#finish();
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stop();
    this.#frame.remove();
    this.#set('ended');
  }

  #set(phase: CallPhase): void {
    this.#view = { ...this.#view, phase };
    this.#options.onChange(this.#view);
  }
}

/** The address of the call for this person: who they are stands in the token, and the page wants to read it there and here. */
function pageOf({ dailyRoomUrl, token, callType }: CallOptions['joined']): string {
  const { participantId, name } = claimsOf(token);
  const page = new URL(dailyRoomUrl);
  const settings = {
    token,
    name: typeof name === 'string' ? name : ' ',
    participantId: typeof participantId === 'string' ? participantId : '',
    micEnabled: 'true',
    webcamEnabled: String(callType === 'video'),
    participantCanToggleSelfMic: 'true',
    participantCanToggleSelfWebcam: 'true',
    screenShareEnabled: 'true',
    joinScreenEnabled: 'false',
    joinWithoutUserInteraction: 'true',
    participantCanLeave: 'false',
  };
  for (const [key, value] of Object.entries(settings)) page.searchParams.set(key, value);
  return page.href;
}
