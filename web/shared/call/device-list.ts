import { safeStorage, storedObject } from '../safe-storage.js';
import { mediaDevices, type DeviceChoice } from './devices.js';

/** Under which name a browser keeps what was chosen. Ids of devices mean something in one browser, and on one origin, alone. */
const STORED = 'concierge:devices';

const KINDS = { microphone: 'audioinput', camera: 'videoinput', speaker: 'audiooutput' } as const;

export type ChoiceKind = keyof DeviceChoice;

/** The devices of one kind that there are to choose from, and the one in use. */
export interface DeviceOffer {
  readonly kind: ChoiceKind;
  readonly devices: readonly MediaDeviceInfo[];
  readonly chosen: string;
}

/** The devices that were chosen last in this browser. */
export function chosenDevices(): DeviceChoice {
  const { microphone, camera, speaker } = storedObject(safeStorage.getItem(STORED));
  return { microphone: idOf(microphone), camera: idOf(camera), speaker: idOf(speaker) };
}

export function keepChoice(kind: ChoiceKind, id: string): void {
  safeStorage.setItem(STORED, JSON.stringify({ ...chosenDevices(), [kind]: id }));
}

/** Browsers of phones play everything where the phone does. */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

/** A kind of which there is nothing to choose from is left out. */
export function offersOf(
  found: readonly MediaDeviceInfo[],
  kinds: readonly ChoiceKind[],
  inUse: DeviceChoice,
): DeviceOffer[] {
  return kinds
    .filter((kind) => kind !== 'speaker' || canChooseSpeaker())
    .flatMap((kind) => {
      const devices = found.filter((device) => device.kind === KINDS[kind]);
      const [first] = devices;
      const used = devices.find(({ deviceId }) => deviceId === inUse[kind]) ?? first;
      return used ? [{ kind, devices, chosen: used.deviceId }] : [];
    });
}

/** Tells what is plugged in, now and after each change. Browsers name devices once one has been opened. Answers how to stop. */
export function watchDevices(onFound: (found: readonly MediaDeviceInfo[]) => void): () => void {
  const media = mediaDevices();
  if (!media) return () => undefined;
  const look = (): void => {
    media.enumerateDevices().then((found) => onFound(found.filter(({ deviceId }) => deviceId)), reportError);
  };
  look();
  media.addEventListener('devicechange', look);
  return () => media.removeEventListener('devicechange', look);
}

const idOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
