import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import {
  IconArrowsDiagonal,
  IconArrowsDiagonalMinimize2,
  IconChevronDown,
  IconChevronUp,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Call, CallView } from '../../../../shared/call/call.js';
import { showFailure } from '../../ui/feedback.js';
import { wordsFor } from '../../i18n/refusals.js';
import { LinkAnchor } from '../../ui/links.js';
import { t } from '../../i18n/translate.js';
import { CallControls } from './call-controls.js';
import type { OpenCall, PanelSize } from './open-call.js';
import { CallStage } from './call-stage.js';
import { CallTime } from './call-time.js';
import { useChosenDevices } from './devices/chosen-devices.js';
import { DevicePicker } from './devices/device-picker.js';
import { DeviceTroubles } from './devices/device-troubles.js';
import { useCall } from './use-call.js';
import { useKeptCall } from './use-kept-call.js';
import styles from './call-panel.module.css';

const CLOSES_AFTER_MS = 2_500;

interface CallPanelProps {
  readonly call: OpenCall & { readonly callId: string };
  readonly onClose: () => void;
  readonly size: PanelSize;
  readonly onSize: (size: PanelSize) => void;
}

/** A call: who is in it, its pictures, and the buttons. Closes itself a moment after the end. */
export function CallPanel({ call: open, onClose, size, onSize }: CallPanelProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { view, failure, call } = useCall(open, frame);
  const [showsDevices, setShowsDevices] = useState(false);
  const ended = view?.phase === 'ended';
  useKeptCall(open, view, ended);
  useEffect(() => {
    if (!ended) return undefined;
    const timer = setTimeout(onClose, CLOSES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [ended, onClose]);

  const reason = failure ?? view?.reason;
  const over = ended || failure !== undefined || view?.phase === 'failed';
  const hangUp = (): void => {
    if (call.current) call.current.hangUp().catch(showFailure);
    else onClose();
  };
  return (
    <Stack gap="xs">
      <Head open={open} since={over ? undefined : view?.since} size={size} onSize={onSize} />
      <div className={size === 'small' ? styles.unseen : undefined}>
        <div ref={frame} className={view?.embedded === true ? styles.frame : undefined} />
        {view?.embedded !== true && <CallStage view={view} name={open.name} />}
      </div>
      <Text size="sm" c={reason ? 'var(--mantine-color-error)' : 'dimmed'} role="status">
        {reason ? wordsFor(reason) : statusOf(view)}
      </Text>
      {view && !over && (
        <DeviceTroubles
          microphone={view.microphone.problem}
          camera={view.camera.problem}
          screen={view.screen.problem}
        />
      )}
      {view && showsDevices && !over && <Devices view={view} call={call.current} />}
      {over ? (
        <Button variant="default" onClick={onClose}>
          {t('core.close')}
        </Button>
      ) : (
        <CallControls
          view={view}
          call={call.current}
          hangUp={hangUp}
          showsDevices={showsDevices}
          onDevices={() => setShowsDevices(!showsDevices)}
        />
      )}
    </Stack>
  );
}

interface HeadProps extends Pick<CallPanelProps, 'size' | 'onSize'> {
  readonly open: OpenCall;
  readonly since: number | undefined;
}

/** With whom, how long already, and how large. */
function Head({ open: { ticketId, name }, since, size, onSize }: HeadProps) {
  return (
    <Group justify="space-between" wrap="nowrap">
      <LinkAnchor to="/tickets/$ticketId" params={{ ticketId }} fw={600} size="sm" dir="auto" truncate>
        {name}
      </LinkAnchor>
      <Group gap={4} wrap="nowrap">
        {since !== undefined && <CallTime since={since} />}
        <SizeButtons size={size} onSize={onSize} />
      </Group>
    </Group>
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

/** What is chosen counts now, and for the next call in this browser. */
function Devices({ view, call }: { view: CallView; call: Call | undefined }) {
  const [choice, choose] = useChosenDevices();
  return (
    <DevicePicker
      kinds={['microphone', 'camera', 'speaker']}
      inUse={{
        microphone: view.microphone.id ?? choice.microphone,
        camera: view.camera.id ?? choice.camera,
        speaker: choice.speaker,
      }}
      onChoose={(kind, id) => {
        choose(kind, id);
        if (kind !== 'speaker') call?.choose(kind, id);
      }}
    />
  );
}

function statusOf(view: CallView | undefined): string {
  if (view?.screen.state === 'on') return t('call.screen.shown');
  return t(`call.phases.${view?.phase ?? 'starting'}`);
}
