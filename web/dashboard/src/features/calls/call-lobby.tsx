import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPhone, IconVideo } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import {
  HeldDevices,
  idsOf,
  type DeviceChoice,
  type Opened,
  type OpenedDevices,
} from '../../../../shared/call/devices.js';
import { answer, api } from '../../data/api.js';
import { showFailure } from '../../ui/feedback.js';
import { t } from '../../i18n/translate.js';
import { useCalls } from './call-context.js';
import type { OpenCall } from './open-call.js';
import { Picture } from './call-stage.js';
import { useChosenDevices } from './devices/chosen-devices.js';
import { DevicePicker } from './devices/device-picker.js';
import { DeviceTroubles } from './devices/device-troubles.js';
import styles from './call-stage.module.css';

/** Before somebody is called, or a call is joined: how one looks, and with which devices. */
export function CallLobby({ call }: { call: OpenCall }) {
  const calls = useCalls();
  const isVideo = call.callType === 'video';
  const [choice, choose] = useChosenDevices();
  const { devices, hand } = useOpenedDevices(isVideo, choice);
  const [busy, setBusy] = useState(false);
  const callId = call.callId;

  async function enter(): Promise<void> {
    setBusy(true);
    try {
      const id = callId ?? (await startCall(call));
      calls.open({ ...call, callId: id, preview: false, setup: { devices: choice, opened: hand() } });
    } catch (error) {
      showFailure(error);
      setBusy(false);
    }
  }

  const Icon = isVideo ? IconVideo : IconPhone;
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>
        {t(callId === undefined ? `call.lobby.${call.callType}` : 'call.lobby.join', { name: call.name })}
      </Text>
      {isVideo && <Mirror camera={devices?.camera} />}
      <DeviceTroubles microphone={problemOf(devices?.microphone)} camera={problemOf(devices?.camera)} />
      <DevicePicker
        kinds={isVideo ? ['microphone', 'camera', 'speaker'] : ['microphone', 'speaker']}
        inUse={{ ...choice, ...(devices && idsOf(devices)) }}
        onChoose={choose}
      />
      <Group grow gap="xs" mt={4}>
        <Button variant="default" onClick={calls.close}>
          {t('core.cancel')}
        </Button>
        <Button
          data-autofocus
          loading={busy}
          leftSection={<Icon size={18} aria-hidden />}
          onClick={() => void enter()}
        >
          {t(callId === undefined ? 'call.lobby.start' : 'call.lobby.enter')}
        </Button>
      </Group>
    </Stack>
  );
}

async function startCall({ ticketId, callType }: OpenCall): Promise<string> {
  const body = { ticketId, callType, initiatedBy: 'admin' } as const;
  return (await answer(api.POST('/api/v1/calls', { body }))).id;
}

function Mirror({ camera }: { camera: Opened | undefined }) {
  const [stream, setStream] = useState<MediaStream>();
  useEffect(() => {
    setStream(camera && 'track' in camera ? new MediaStream([camera.track]) : undefined);
  }, [camera]);
  return (
    <div className={styles.stage}>
      {stream ? (
        <div className={styles.mirror}>
          <Picture stream={stream} muted label={t('call.self')} />
        </div>
      ) : (
        <div className={styles.words}>{t(camera ? 'call.lobby.noPicture' : 'call.phases.starting')}</div>
      )}
    </div>
  );
}

/** The devices of this choice, opened. `hand` gives them away, to a call; otherwise they are closed in the end. */
function useOpenedDevices(isVideo: boolean, { microphone, camera }: DeviceChoice) {
  const [devices, setDevices] = useState<OpenedDevices>();
  const held = useRef<HeldDevices>(undefined);
  useEffect(() => {
    const own = new HeldDevices(isVideo, { microphone, camera }, setDevices);
    held.current = own;
    return () => own.close();
  }, [isVideo, microphone, camera]);
  return { devices, hand: () => held.current?.hand() };
}

function problemOf(opened: Opened | undefined) {
  return opened && 'problem' in opened ? opened.problem : undefined;
}
