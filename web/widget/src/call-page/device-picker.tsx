import { useEffect, useState } from 'preact/hooks';
import { offersOf, watchDevices, type ChoiceKind } from '../../../shared/call/device-list.js';
import type { DeviceChoice } from '../../../shared/call/devices.js';
import { tc } from '../call/call-words.js';

interface DevicePickerProps {
  readonly video: boolean;
  /** Which ones are in use. */
  readonly inUse: DeviceChoice;
  readonly onChoose: (kind: ChoiceKind, id: string) => void;
}

/** Which microphone and camera, where there are several. */
export function DevicePicker({ video, inUse, onChoose }: DevicePickerProps) {
  const [found, setFound] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => watchDevices(setFound), [inUse.microphone, inUse.camera]);
  const offers = offersOf(found, video ? ['microphone', 'camera'] : ['microphone'], inUse);
  return (
    <>
      {offers
        .filter(({ devices }) => devices.length > 1)
        .map(({ kind, devices, chosen }) => (
          <label class="page-device" key={kind}>
            {tc(kind === 'camera' ? 'page.camera' : 'page.microphone')}
            <select value={chosen} onChange={(event) => onChoose(kind, event.currentTarget.value)}>
              {devices.map(({ deviceId, label }, index) => (
                <option value={deviceId} key={deviceId}>
                  {label || index + 1}
                </option>
              ))}
            </select>
          </label>
        ))}
    </>
  );
}
