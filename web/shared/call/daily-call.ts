import DailyIframe, { type DailyCall as DailyFrame } from '@daily-co/daily-js';
import { serverNow } from '../../client/clock.js';
import { asFailure, Failure, fieldsOf } from '../../client/failure.js';
import type { DeviceKind } from './devices.js';
import type { Call, CallOptions, CallPhase, CallView } from './call-view.js';

/** A call in Daily's own frame, which brings the picture, the devices and their buttons. */
export class DailyCall implements Call {
  readonly #options: CallOptions;
  readonly #frame: DailyFrame;
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
      since: options.setup?.since,
      embedded: true,
      peers: [],
      microphone: { state: 'none' },
      camera: { state: 'none' },
      screen: { state: 'none' },
    };
    this.#frame = DailyIframe.createFrame(parent, {
      iframeStyle: { width: '100%', height: '100%', border: '0' },
      showLeaveButton: false,
      startVideoOff: joined.callType === 'audio',
    });
    this.#frame
      .on('joined-meeting', () => this.#set('connected'))
      .on('participant-joined', () => this.#meet())
      .on('left-meeting', () => this.#finish('ended'))
      .on('error', ({ errorMsg }) =>
        this.#finish('failed', new Failure('VIDEO_UNAVAILABLE', errorMsg, true)),
      );
    this.#stop = connection.on('call:ended', (event) => {
      if (fieldsOf(event).callId === joined.id) this.#finish('ended');
    });
    void this.#join();
  }

  get view(): CallView {
    return this.#view;
  }

  setMicrophone(on: boolean): void {
    this.#frame.setLocalAudio(on);
  }

  setCamera(on: boolean): void {
    this.#frame.setLocalVideo(on);
  }

  choose(kind: DeviceKind, id: string): void {
    this.#frame
      .setInputDevicesAsync(kind === 'camera' ? { videoDeviceId: id } : { audioDeviceId: id })
      .catch((error: unknown) => reportError(error));
  }

  shareScreen(on: boolean): void {
    if (on) this.#frame.startScreenShare();
    else this.#frame.stopScreenShare();
  }

  async hangUp(): Promise<void> {
    this.leave();
    await this.#options.end();
  }

  leave(): void {
    this.#finish('ended');
  }

  async #join(): Promise<void> {
    const { dailyRoomUrl: url, token } = this.#options.joined;
    try {
      await this.#frame.join({ url, token });
    } catch (error) {
      this.#finish('failed', asFailure(error));
    }
  }

  /** Somebody else is there, or was already. */
  #meet(): void {
    this.#view = { ...this.#view, since: this.#view.since ?? serverNow() };
    this.#options.onChange(this.#view);
  }

  #finish(phase: 'ended' | 'failed', reason?: Failure): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stop();
    this.#frame.destroy().catch((error: unknown) => reportError(error));
    this.#set(phase, reason);
  }

  #set(phase: CallPhase, reason?: Failure): void {
    this.#view = { ...this.#view, phase, reason };
    this.#options.onChange(this.#view);
  }
}
