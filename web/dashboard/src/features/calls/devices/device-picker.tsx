import { NativeSelect, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { offersOf, watchDevices, type ChoiceKind } from '../../../../../shared/call/device-list.js';
import type { DeviceChoice } from '../../../../../shared/call/devices.js';
import { t } from '../../../i18n/translate.js';

interface DevicePickerProps {
  readonly kinds: readonly ChoiceKind[];
  /** Which ones are in use. */
  readonly inUse: DeviceChoice;
  readonly onChoose: (kind: ChoiceKind, id: string) => void;
}

/** Which microphone, camera and loudspeaker. */
export function DevicePicker({ kinds, inUse, onChoose }: DevicePickerProps) {
  const [found, setFound] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => watchDevices(setFound), [inUse.microphone, inUse.camera]);
  const offers = offersOf(found, kinds, inUse);
  return (
    <Stack gap={6}>
      {offers.map(({ kind, devices, chosen }) => (
        <NativeSelect
          key={kind}
          size="sm"
          label={t(`call.${kind}.name`)}
          value={chosen}
          data={devices.map(({ deviceId, label }, index) => ({
            value: deviceId,
            label: label || t('call.unnamed', { number: index + 1 }),
          }))}
          onChange={(event) => onChoose(kind, event.currentTarget.value)}
        />
      ))}
      {offers.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('call.noDevices')}
        </Text>
      )}
    </Stack>
  );
}
