import type { DeviceChoice } from '../../../../../shared/call/devices.js';
import { storedObject } from '../../../../../shared/safe-storage.js';
import { readStored, useStored, writeStored } from '../../../storage/stored.js';

const STORED = 'devices';

/** The devices that were chosen last in this browser. Their ids mean something in this browser alone. */
export function chosenDevices(): DeviceChoice {
  return choiceIn(readStored(STORED));
}

export function useChosenDevices(): [DeviceChoice, (kind: keyof DeviceChoice, id: string) => void] {
  const [stored] = useStored(STORED);
  const choose = (kind: keyof DeviceChoice, id: string): void =>
    writeStored(STORED, JSON.stringify({ ...chosenDevices(), [kind]: id }));
  return [choiceIn(stored), choose];
}

function choiceIn(stored: string | null): DeviceChoice {
  const { microphone, camera, speaker } = storedObject(stored);
  return { microphone: idOf(microphone), camera: idOf(camera), speaker: idOf(speaker) };
}

const idOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
