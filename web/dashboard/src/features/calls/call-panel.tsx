import { ActionIcon, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import {
  IconArrowsDiagonal,
  IconArrowsDiagonalMinimize2,
  IconChevronDown,
  IconChevronUp,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { CallView, LocalDevice } from '../../../../shared/call/call.js';
import type { DeviceKind } from '../../../../shared/call/devices.js';
import { showFailure } from '../../ui/feedback.js';
import { wordsFor } from '../../i18n/refusals.js';
import { LinkAnchor } from '../../ui/links.js';
import { t } from '../../i18n/translate.js';
import type { OpenCall } from './call-context.js';
import { CallStage } from './call-stage.js';
import { CallTime } from './call-time.js';
import { useCall } from './use-call.js';
import styles from './call-panel.module.css';

const CLOSES_AFTER_MS = 2_500;

export type PanelSize = 'normal' | 'large' | 'small';

interface CallPanelProps {
  readonly call: OpenCall;
  readonly onClose: () => void;
  readonly size: PanelSize;
  readonly onSize: (size: PanelSize) => void;
}

/** A call: who is in it, its pictures, and the buttons. Closes itself a moment after the end. */
export function CallPanel({ call: open, onClose, size, onSize }: CallPanelProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { view, failure, call } = useCall(open.callId, frame);
  const ended = view?.phase === 'ended';
  useEffect(() => {
    if (!ended) return undefined;
    const timer = setTimeout(onClose, CLOSES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [ended, onClose]);

  const reason = failure ?? view?.reason;
  const over = ended || failure !== undefined || view?.phase === 'failed';
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap">
        <LinkAnchor
          to="/tickets/$ticketId"
          params={{ ticketId: open.ticketId }}
          fw={600}
          size="sm"
          dir="auto"
          truncate
        >
          {open.name}
        </LinkAnchor>
        <Group gap={4} wrap="nowrap">
          {view?.since !== undefined && !over && <CallTime since={view.since} />}
          <SizeButtons size={size} onSize={onSize} />
        </Group>
      </Group>
      <div
        ref={frame}
        className={view?.embedded !== true ? undefined : size === 'small' ? styles.unseen : styles.frame}
      />
      {view?.embedded !== true && (
        <div className={size === 'small' ? styles.unseen : undefined}>
          <CallStage view={view} name={open.name} />
        </div>
      )}
      <Text size="sm" c={reason ? 'var(--mantine-color-error)' : 'dimmed'} role="status">
        {reason ? wordsFor(reason) : phaseText(view)}
      </Text>
      {view && <DeviceTroubles view={view} />}
      {over ? (
        <Button variant="default" onClick={onClose}>
          {t('core.close')}
        </Button>
      ) : (
        <Group justify="center" gap="xs">
          {view?.embedded === false && (
            <>
              <DeviceButton
                device={view.microphone}
                name="microphone"
                icons={[IconMicrophone, IconMicrophoneOff]}
                onSet={(on) => call.current?.setMicrophone(on)}
              />
              <DeviceButton
                device={view.camera}
                name="camera"
                icons={[IconVideo, IconVideoOff]}
                onSet={(on) => call.current?.setCamera(on)}
              />
            </>
          )}
          <Button
            color="red"
            leftSection={<IconPhoneOff size={18} aria-hidden />}
            onClick={() => {
              if (call.current) call.current.hangUp().catch(showFailure);
              else onClose();
            }}
          >
            {t('call.end')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function SizeButtons({ size, onSize }: Pick<CallPanelProps, 'size' | 'onSize'>) {
  const [Grow, next, word] =
    size === 'large'
      ? ([IconArrowsDiagonalMinimize2, 'normal', t('call.shrink')] as const)
      : ([IconArrowsDiagonal, 'large', t('call.enlarge')] as const);
  const isSmall = size === 'small';
  const fold = isSmall ? t('call.unfold') : t('call.fold');
  const Fold = isSmall ? IconChevronDown : IconChevronUp;
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={fold}
        title={fold}
        onClick={() => onSize(isSmall ? 'normal' : 'small')}
      >
        <Fold size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        visibleFrom="md"
        aria-label={word}
        title={word}
        onClick={() => onSize(next)}
      >
        <Grow size={16} aria-hidden />
      </ActionIcon>
    </>
  );
}

function phaseText(view: CallView | undefined): string {
  return t(`call.phases.${view?.phase ?? 'starting'}`);
}

interface DeviceButtonProps {
  readonly device: LocalDevice;
  readonly name: DeviceKind;
  readonly icons: readonly [typeof IconVideo, typeof IconVideoOff];
  readonly onSet: (on: boolean) => void;
}

function DeviceButton({ device, name, icons: [On, Off], onSet }: DeviceButtonProps) {
  const on = device.state === 'on';
  const label = t(`call.${name}.${on ? 'off' : 'on'}`);
  const Icon = on ? On : Off;
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={36}
        radius="xl"
        variant={on ? 'default' : 'filled'}
        aria-label={label}
        onClick={() => onSet(!on)}
      >
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function DeviceTroubles({ view }: { view: CallView }) {
  const troubles = (['microphone', 'camera'] as const).flatMap((kind) => {
    const { problem } = view[kind];
    return problem === undefined ? [] : [t(`call.device.${kind}.${problem}`)];
  });
  return troubles.map((sentence) => (
    <Text key={sentence} size="sm" c="var(--mantine-color-error)" role="alert">
      {sentence}
    </Text>
  ));
}
