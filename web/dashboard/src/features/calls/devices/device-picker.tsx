import { NativeSelect, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { mediaDevices, type DeviceChoice } from '../../../../../shared/call/devices.js';
import { t } from '../../../i18n/translate.js';

const KINDS = { microphone: 'audioinput', camera: 'videoinput', speaker: 'audiooutput' } as const;

type Kind = keyof DeviceChoice;

/** Browsers of phones play everything where the phone does. */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

interface DevicePickerProps {
  readonly kinds: readonly Kind[];
  /** Which ones are in use. */
  readonly inUse: DeviceChoice;
  readonly onChoose: (kind: Kind, id: string) => void;
}

/** Which microphone, camera and loudspeaker. A kind of which there is nothing to choose from is left out. */
export function DevicePicker({ kinds, inUse, onChoose }: DevicePickerProps) {
  const devices = useDevices(inUse);
  const offered = kinds
    .filter((kind) => kind !== 'speaker' || canChooseSpeaker())
    .map((kind) => ({ kind, found: devices.filter((device) => device.kind === KINDS[kind]) }))
    .filter(({ found }) => found.length > 0);
  return (
    <Stack gap={6}>
      {offered.map(({ kind, found }) => (
        <NativeSelect
          key={kind}
          size="sm"
          label={t(`call.${kind}.name`)}
          value={found.find(({ deviceId }) => deviceId === inUse[kind])?.deviceId ?? found[0]?.deviceId}
          data={found.map(({ deviceId, label }, index) => ({
            value: deviceId,
            label: label || t('call.unnamed', { number: index + 1 }),
          }))}
          onChange={(event) => onChoose(kind, event.currentTarget.value)}
        />
      ))}
      {offered.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('call.noDevices')}
        </Text>
      )}
    </Stack>
  );
}

/** What is plugged in. Browsers tell ids and names once they have opened a device. */
function useDevices(inUse: DeviceChoice): readonly MediaDeviceInfo[] {
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    const media = mediaDevices();
    if (!media) return undefined;
    const look = (): void => {
      media
        .enumerateDevices()
        .then((found) => setDevices(found.filter(({ deviceId }) => deviceId !== '')), reportError);
    };
    look();
    media.addEventListener('devicechange', look);
    return () => media.removeEventListener('devicechange', look);
  }, [inUse.microphone, inUse.camera]);
  return devices;
}
