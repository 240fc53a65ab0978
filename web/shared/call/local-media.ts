import type { CallSetup, LocalDevice } from './call-view.js';
import {
  areLive,
  canShareScreen,
  openDevice,
  openDevices,
  openScreen,
  type DeviceChoice,
  type DeviceKind,
  type Opened,
} from './devices.js';
import type { MediaState } from './letters.js';

export interface LocalMediaOptions {
  readonly wantsCamera: boolean;
  readonly setup: CallSetup;
  /** What the others hear or see of this kind from now on. */
  readonly onTrack: (kind: 'audio' | 'video', track: MediaStreamTrack | null) => void;
  readonly onChange: () => void;
}

/** This person's microphone, camera and screen. A camera that is off is really off: its light goes out. */
export class LocalMedia {
  /** What one sees of oneself: the screen is not in it. */
  readonly stream = new MediaStream();
  readonly #options: LocalMediaOptions;
  #choice: DeviceChoice;
  #microphone: LocalDevice = { state: 'off' };
  #camera: LocalDevice;
  #screen: LocalDevice = { state: canShareScreen() ? 'off' : 'none' };
  #screenTrack?: MediaStreamTrack;
  #closed = false;

  constructor(options: LocalMediaOptions) {
    this.#options = options;
    this.#choice = options.setup.devices ?? {};
    this.#camera = { state: options.wantsCamera ? 'off' : 'none' };
  }

  get microphone(): LocalDevice {
    return this.#microphone;
  }

  get camera(): LocalDevice {
    return this.#camera;
  }

  get screen(): LocalDevice {
    return this.#screen;
  }

  get state(): MediaState {
    const screen = this.#screenTrack !== undefined;
    return {
      microphone: this.#microphone.state === 'on',
      camera: this.#camera.state === 'on' || screen,
      screen,
    };
  }

  /** What the others get. */
  get tracks(): readonly MediaStreamTrack[] {
    const picture = this.#picture;
    return [...this.stream.getAudioTracks(), ...(picture ? [picture] : [])];
  }

  /** Opens what the call wants, or takes what is open already; what does not work is `unavailable` with its problem. */
  async open(): Promise<void> {
    const { wantsCamera, setup } = this.#options;
    const { microphone, camera } =
      setup.opened && areLive(setup.opened)
        ? setup.opened
        : await openDevices(wantsCamera && !setup.cameraOff, this.#choice);
    this.#take('microphone', microphone);
    if (camera) this.#take('camera', camera);
    if (setup.microphoneOff) await this.setMicrophone(false);
    this.#options.onChange();
  }

  async setMicrophone(on: boolean): Promise<void> {
    const track = this.#trackOf('microphone');
    if (track) {
      track.enabled = on;
      this.#microphone = { ...this.#microphone, state: on ? 'on' : 'off' };
    } else if (on) await this.#reopen('microphone');
    this.#options.onChange();
  }

  async setCamera(on: boolean): Promise<void> {
    if (on && !this.#trackOf('camera')) await this.#reopen('camera');
    if (!on) {
      this.#drop('camera');
      this.#camera = { state: 'off' };
    }
    this.#options.onChange();
  }

  /** Uses another microphone or camera, now or when it is turned on. */
  async choose(kind: DeviceKind, id: string): Promise<void> {
    this.#choice = { ...this.#choice, [kind]: id };
    const { state } = kind === 'camera' ? this.#camera : this.#microphone;
    const before = this.#trackOf(kind);
    if (!before && state !== 'unavailable') return;
    if (before) {
      // Phones open one camera at a time.
      before.stop();
      this.stream.removeTrack(before);
    }
    await this.#reopen(kind);
    if (before && !before.enabled) await this.setMicrophone(false);
    this.#options.onChange();
  }

  /** Shows the others the screen instead of the camera's picture, or that again. */
  async shareScreen(on: boolean): Promise<void> {
    if (!on) {
      this.#endScreen();
      return;
    }
    const opened = await openScreen();
    if (!opened) return;
    if ('problem' in opened) this.#screen = { state: 'unavailable', problem: opened.problem };
    else if (this.#closed) opened.track.stop();
    else {
      this.#screenTrack?.stop();
      this.#screenTrack = opened.track;
      this.#screen = { state: 'on' };
      // By the browser's own bar, or because the window is closed.
      opened.track.onended = () => this.#endScreen();
      this.#send('camera');
    }
    this.#options.onChange();
  }

  close(): void {
    this.#closed = true;
    for (const track of this.stream.getTracks()) track.stop();
    this.#screenTrack?.stop();
  }

  get #picture(): MediaStreamTrack | undefined {
    return this.#screenTrack ?? this.#trackOf('camera');
  }

  #endScreen(): void {
    this.#screenTrack?.stop();
    this.#screenTrack = undefined;
    this.#screen = { state: 'off' };
    this.#send('camera');
    this.#options.onChange();
  }

  async #reopen(kind: DeviceKind): Promise<void> {
    this.#take(kind, await openDevice(kind, this.#choice));
    this.#send(kind);
  }

  #take(kind: DeviceKind, opened: Opened): void {
    if ('problem' in opened) {
      this.#set(kind, { state: 'unavailable', problem: opened.problem });
      return;
    }
    const { track } = opened;
    // The user may have hung up while the browser was asking.
    if (this.#closed) {
      track.stop();
      return;
    }
    track.onended = () => this.#onUnplugged(kind);
    this.stream.addTrack(track);
    this.#set(kind, { state: 'on', id: track.getSettings().deviceId });
  }

  #onUnplugged(kind: DeviceKind): void {
    this.#drop(kind);
    this.#set(kind, { state: 'unavailable', problem: 'missing' });
    this.#options.onChange();
  }

  #drop(kind: DeviceKind): void {
    const track = this.#trackOf(kind);
    if (!track) return;
    track.stop();
    this.stream.removeTrack(track);
    this.#send(kind);
  }

  #send(kind: DeviceKind): void {
    if (kind === 'camera') this.#options.onTrack('video', this.#picture ?? null);
    else this.#options.onTrack('audio', this.#trackOf(kind) ?? null);
  }

  #trackOf(kind: DeviceKind): MediaStreamTrack | undefined {
    return (kind === 'camera' ? this.stream.getVideoTracks() : this.stream.getAudioTracks())[0];
  }

  #set(kind: DeviceKind, device: LocalDevice): void {
    if (kind === 'camera') this.#camera = device;
    else this.#microphone = device;
  }
}
