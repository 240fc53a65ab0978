import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import {
  IconMicrophone,
  IconMicrophoneOff,
  IconScreenShare,
  IconScreenShareOff,
  IconSettings,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import type { Call, CallView, LocalDevice } from '../../../../shared/call/call.js';
import { t } from '../../i18n/translate.js';

interface CallControlsProps {
  readonly view: CallView | undefined;
  readonly call: Call | undefined;
  readonly hangUp: () => void;
  readonly showsDevices: boolean;
  readonly onDevices: () => void;
}

/** The buttons of a call. Those of the devices come with a frame where a vendor has one. */
export function CallControls({ view, call, hangUp, showsDevices, onDevices }: CallControlsProps) {
  return (
    <Group justify="center" gap={4}>
      {view?.embedded === false && (
        <>
          <DeviceButton
            device={view.microphone}
            name="microphone"
            icons={[IconMicrophone, IconMicrophoneOff]}
            onSet={(on) => call?.setMicrophone(on)}
          />
          <DeviceButton
            device={view.camera}
            name="camera"
            icons={[IconVideo, IconVideoOff]}
            onSet={(on) => call?.setCamera(on)}
          />
          {view.screen.state !== 'none' && (
            <ScreenButton on={view.screen.state === 'on'} onSet={(on) => call?.shareScreen(on)} />
          )}
          <ActionIcon
            size={36}
            radius="xl"
            variant="default"
            aria-label={t('call.devices')}
            title={t('call.devices')}
            aria-expanded={showsDevices}
            onClick={onDevices}
          >
            <IconSettings size={18} aria-hidden />
          </ActionIcon>
        </>
      )}
      <Button color="red" px="xs" onClick={hangUp}>
        {t('call.end')}
      </Button>
    </Group>
  );
}

interface DeviceButtonProps {
  readonly device: LocalDevice;
  readonly name: 'microphone' | 'camera';
  readonly icons: readonly [typeof IconVideo, typeof IconVideoOff];
  readonly onSet: (on: boolean) => void;
}

/** Pressed while the others hear or see it; red and crossed out while they do not. */
function DeviceButton({ device, name, icons: [On, Off], onSet }: DeviceButtonProps) {
  const on = device.state === 'on';
  const Icon = on ? On : Off;
  return (
    <Tooltip position="bottom" label={t(`call.${name}.${on ? 'off' : 'on'}`)}>
      <ActionIcon
        size={36}
        radius="xl"
        variant={on ? 'default' : 'filled'}
        color="red"
        aria-label={t(`call.${name}.name`)}
        aria-pressed={on}
        onClick={() => onSet(!on)}
      >
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function ScreenButton({ on, onSet }: { on: boolean; onSet: (on: boolean) => void }) {
  const Icon = on ? IconScreenShareOff : IconScreenShare;
  return (
    <Tooltip position="bottom" label={t(`call.screen.${on ? 'off' : 'on'}`)}>
      <ActionIcon
        size={36}
        radius="xl"
        variant={on ? 'filled' : 'default'}
        aria-label={t('call.screen.name')}
        aria-pressed={on}
        onClick={() => onSet(!on)}
      >
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
