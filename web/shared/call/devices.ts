/** Why a device cannot be used: `blocked` by the user or a policy, `insecure`: the page is not on https. */
export type DeviceProblem = 'blocked' | 'missing' | 'busy' | 'insecure' | 'unknown';

export type DeviceKind = 'microphone' | 'camera';

/** The devices that somebody has chosen, by their ids in this browser. For one that is missing here, or gone, the browser chooses. */
export interface DeviceChoice {
  readonly microphone?: string;
  readonly camera?: string;
  readonly speaker?: string;
}

export type Opened = { readonly track: MediaStreamTrack } | { readonly problem: DeviceProblem };

export interface OpenedDevices {
  readonly microphone: Opened;
  /** Missing where none was asked for. */
  readonly camera?: Opened;
}

const CAMERA: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' };
const MICROPHONE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true };

/** Opens both at once, so that the browser asks once; if that fails each alone, so that one works without the other. */
export async function openDevices(wantsCamera: boolean, choice: DeviceChoice = {}): Promise<OpenedDevices> {
  if (!wantsCamera) return { microphone: await openDevice('microphone', choice) };
  try {
    const stream = await media({ audio: wanted('microphone', choice), video: wanted('camera', choice) });
    return {
      microphone: trackOf(stream.getAudioTracks()),
      camera: trackOf(stream.getVideoTracks()),
    };
  } catch {
    return {
      microphone: await openDevice('microphone', choice),
      camera: await openDevice('camera', choice),
    };
  }
}

export async function openDevice(kind: DeviceKind, choice: DeviceChoice = {}): Promise<Opened> {
  try {
    const stream = await media({ [kind === 'camera' ? 'video' : 'audio']: wanted(kind, choice) });
    return trackOf(stream.getTracks());
  } catch (error) {
    const problem = problemOf(error);
    // Somebody whose headset is at home still gets the microphone that is here.
    if (problem === 'missing' && choice[kind] !== undefined) return openDevice(kind);
    return { problem };
  }
}

/** Which of them are in use. */
export function idsOf({ microphone, camera }: OpenedDevices): DeviceChoice {
  const [microphoneId, cameraId] = [microphone, camera].map((opened) =>
    opened && 'track' in opened ? opened.track.getSettings().deviceId : undefined,
  );
  return { microphone: microphoneId, camera: cameraId };
}

export function stopDevices({ microphone, camera }: OpenedDevices): void {
  for (const opened of [microphone, camera]) if (opened && 'track' in opened) opened.track.stop();
}

/** Devices that a page opens for a look, and closes again unless it gives them to a call. */
export class HeldDevices {
  #opened?: OpenedDevices;
  #isClosed = false;

  constructor(wantsCamera: boolean, choice: DeviceChoice, onOpened: (opened: OpenedDevices) => void) {
    void openDevices(wantsCamera, choice).then((opened) => {
      if (this.#isClosed) {
        stopDevices(opened);
        return;
      }
      this.#opened = opened;
      onOpened(opened);
    });
  }

  /** From here on they belong to the caller; nothing where none are open, or they were given already. */
  hand(): OpenedDevices | undefined {
    const opened = this.#opened;
    this.#opened = undefined;
    return opened;
  }

  close(): void {
    this.#isClosed = true;
    const opened = this.hand();
    if (opened) stopDevices(opened);
  }
}

/** Whether nothing of it has been stopped, or unplugged, since. */
export function areLive({ microphone, camera }: OpenedDevices): boolean {
  return [microphone, camera].every(
    (opened) => !opened || !('track' in opened) || opened.track.readyState === 'live',
  );
}

/** Phones cannot show their screen. */
export function canShareScreen(): boolean {
  return 'getDisplayMedia' in (mediaDevices() ?? {});
}

/** Asks which screen or window is to be shown; answers nothing when the person decides against it. */
export async function openScreen(): Promise<Opened | undefined> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
    const opened = trackOf(stream.getVideoTracks());
    // Letters stay sharp; what moves may do so less smoothly.
    if ('track' in opened) opened.track.contentHint = 'detail';
    return opened;
  } catch (error) {
    const problem = problemOf(error);
    return problem === 'blocked' && !isBlockedBySystem(error) ? undefined : { problem };
  }
}

/** Chromium gives both the same name. */
function isBlockedBySystem(error: unknown): boolean {
  return error instanceof DOMException && /system|policy/i.test(error.message);
}

/** Missing on pages that are not secure. */
export function mediaDevices(): MediaDevices | undefined {
  return (navigator as { readonly mediaDevices?: MediaDevices }).mediaDevices;
}

function media(constraints: MediaStreamConstraints): Promise<MediaStream> {
  return (
    mediaDevices()?.getUserMedia(constraints) ??
    Promise.reject(new DOMException('Not a secure page.', 'SecurityError'))
  );
}

function wanted(kind: DeviceKind, choice: DeviceChoice): MediaTrackConstraints {
  const { [kind]: id } = choice;
  const basics = kind === 'camera' ? CAMERA : MICROPHONE;
  // Chromium takes `ideal` for less than its default device.
  return id === undefined ? basics : { ...basics, facingMode: undefined, deviceId: { exact: id } };
}

function trackOf([track]: MediaStreamTrack[]): Opened {
  return track ? { track } : { problem: 'missing' };
}

/** Names as the Media Capture specification gives them (W3C mediacapture-streams, getUserMedia). */
function problemOf(error: unknown): DeviceProblem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return 'blocked';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    case 'SecurityError':
      return 'insecure';
    default:
      return 'unknown';
  }
}
