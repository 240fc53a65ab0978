import { useSyncExternalStore } from 'react';
import { chosenDevices, keepChoice, type ChoiceKind } from '../../../../../shared/call/device-list.js';
import type { DeviceChoice } from '../../../../../shared/call/devices.js';

const listeners = new Set<() => void>();
let choice = chosenDevices();

/** The devices that were chosen last in this browser, and how to choose another. */
export function useChosenDevices(): [DeviceChoice, (kind: ChoiceKind, id: string) => void] {
  return [useSyncExternalStore(subscribe, () => choice), choose];
}

function choose(kind: ChoiceKind, id: string): void {
  keepChoice(kind, id);
  choice = chosenDevices();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
