import type { LocalDevice } from './call-view.js';
import { openDevice, openDevices, type DeviceKind, type Opened } from './devices.js';
import type { MediaState } from './letters.js';

export interface LocalMediaOptions {
  /** What the others hear or see of this kind from now on. */
  readonly onTrack: (kind: 'audio' | 'video', track: MediaStreamTrack | null) => void;
  readonly onChange: () => void;
}

/** This person's microphone and camera. A camera that is off is really off: its light goes out. */
export class LocalMedia {
  readonly stream = new MediaStream();
  readonly #wantsCamera: boolean;
  readonly #options: LocalMediaOptions;
  #microphone: LocalDevice = { state: 'off' };
  #camera: LocalDevice;
  #closed = false;

  constructor(wantsCamera: boolean, options: LocalMediaOptions) {
    this.#wantsCamera = wantsCamera;
    this.#options = options;
    this.#camera = { state: wantsCamera ? 'off' : 'none' };
  }

  get microphone(): LocalDevice {
    return this.#microphone;
  }

  get camera(): LocalDevice {
    return this.#camera;
  }

  get state(): MediaState {
    return { microphone: this.#microphone.state === 'on', camera: this.#camera.state === 'on' };
  }

  get tracks(): readonly MediaStreamTrack[] {
    return this.stream.getTracks();
  }

  /** Opens what the call wants; what does not work is `unavailable` with its problem. */
  async open(): Promise<void> {
    const { microphone, camera } = await openDevices(this.#wantsCamera);
    this.#take('microphone', microphone);
    if (camera) this.#take('camera', camera);
    this.#options.onChange();
  }

  async setMicrophone(on: boolean): Promise<void> {
    const track = this.#trackOf('microphone');
    if (track) {
      track.enabled = on;
      this.#microphone = { state: on ? 'on' : 'off' };
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

  close(): void {
    this.#closed = true;
    for (const track of this.stream.getTracks()) track.stop();
  }

  async #reopen(kind: DeviceKind): Promise<void> {
    this.#take(kind, await openDevice(kind));
    const track = this.#trackOf(kind);
    if (track) this.#options.onTrack(kindOf(kind), track);
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
    this.#set(kind, { state: 'on' });
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
    this.#options.onTrack(kindOf(kind), null);
  }

  #trackOf(kind: DeviceKind): MediaStreamTrack | undefined {
    return this.stream.getTracks().find((track) => track.kind === kindOf(kind));
  }

  #set(kind: DeviceKind, device: LocalDevice): void {
    if (kind === 'camera') this.#camera = device;
    else this.#microphone = device;
  }
}

function kindOf(kind: DeviceKind): 'audio' | 'video' {
  return kind === 'camera' ? 'video' : 'audio';
}
