import { Text } from '@mantine/core';
import type { DeviceProblem } from '../../../../../shared/call/devices.js';
import { t } from '../../../i18n/translate.js';

interface DeviceTroublesProps {
  readonly microphone?: DeviceProblem;
  readonly camera?: DeviceProblem;
  readonly screen?: DeviceProblem;
}

/** What does not work, what helps, and how one takes part meanwhile. */
export function DeviceTroubles({ microphone, camera, screen }: DeviceTroublesProps) {
  const sentences = [
    ...(microphone ? [t(`call.device.microphone.${microphone}`), t('call.unheard')] : []),
    ...(camera ? [t(`call.device.camera.${camera}`)] : []),
    ...(camera && !microphone ? [t('call.soundOnly')] : []),
    ...(screen ? [t('call.device.screen')] : []),
  ];
  if (sentences.length === 0) return null;
  return (
    <div role="alert">
      {sentences.map((sentence) => (
        <Text key={sentence} size="sm" c="var(--mantine-color-error)">
          {sentence}
        </Text>
      ))}
    </div>
  );
}
