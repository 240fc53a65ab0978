/** Why a device cannot be used: `blocked` by the user or a policy, `insecure`: the page is not on https. */
export type DeviceProblem = 'blocked' | 'missing' | 'busy' | 'insecure' | 'unknown';

export type DeviceKind = 'microphone' | 'camera';

export type Opened = { readonly track: MediaStreamTrack } | { readonly problem: DeviceProblem };

export interface OpenedDevices {
  readonly microphone: Opened;
  /** Missing where none was asked for. */
  readonly camera?: Opened;
}

const CAMERA: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' };
const MICROPHONE: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true };

/** Opens both at once, so that the browser asks once; if that fails each alone, so that one works without the other. */
export async function openDevices(wantsCamera: boolean): Promise<OpenedDevices> {
  if (!wantsCamera) return { microphone: await openDevice('microphone') };
  try {
    const stream = await media({ audio: MICROPHONE, video: CAMERA });
    return {
      microphone: trackOf(stream.getAudioTracks()),
      camera: trackOf(stream.getVideoTracks()),
    };
  } catch {
    return { microphone: await openDevice('microphone'), camera: await openDevice('camera') };
  }
}

export async function openDevice(kind: DeviceKind): Promise<Opened> {
  try {
    const stream = await media(kind === 'camera' ? { video: CAMERA } : { audio: MICROPHONE });
    return trackOf(stream.getTracks());
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** `mediaDevices` is missing on pages that are not secure. */
function media(constraints: MediaStreamConstraints): Promise<MediaStream> {
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  if (!mediaDevices) return Promise.reject(new DOMException('Not a secure page.', 'SecurityError'));
  return mediaDevices.getUserMedia(constraints);
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
