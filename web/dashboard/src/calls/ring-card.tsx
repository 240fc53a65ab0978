import { ActionIcon, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { IconBellOff, IconPhone, IconVideo } from '@tabler/icons-react';
import type { WaitingCallRequest } from '../app/api.js';
import { texts } from '../app/texts.js';
import { donorOf } from '../tickets/badges.js';

interface RingCardProps {
  readonly request: WaitingCallRequest;
  readonly secondsLeft: number;
  /** The browser does not let us make a sound yet. */
  readonly isBlocked: boolean;
  readonly busy: boolean;
  /** We are on another call already. */
  readonly onCall: boolean;
  readonly onAccept: () => void;
  readonly onReject: () => void;
  readonly onSilence: () => void;
}

export function RingCard(props: RingCardProps) {
  const { request, secondsLeft, isBlocked, busy, onCall, onAccept, onReject, onSilence } = props;
  const { ticket, mode, createdAt, expiresAt } = request;
  const seconds = (Date.parse(expiresAt) - Date.parse(createdAt)) / 1_000;
  const Icon = mode === 'video' ? IconVideo : IconPhone;
  return (
    <Paper
      withBorder
      shadow="xl"
      radius="lg"
      p="md"
      className="ring-card"
      component="article"
      aria-label={donorOf(ticket)}
    >
      <Stack gap="xs">
        <Group wrap="nowrap" gap="sm" align="flex-start">
          <Icon size={22} aria-hidden className="ring-icon" />
          <div style={{ flex: 1, minWidth: 0 }}>
            <Text fw={650} style={{ overflowWrap: 'anywhere' }}>
              {texts.call.incoming(donorOf(ticket), texts.call.modes[mode])}
            </Text>
            <Text size="sm" c="dimmed" className="clamp">
              {ticket.number}
              {ticket.subject && ` · ${ticket.subject}`}
            </Text>
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={texts.call.silence}
            title={texts.call.silence}
            onClick={onSilence}
          >
            <IconBellOff size={18} aria-hidden />
          </ActionIcon>
        </Group>
        {request.message && (
          <Text size="sm" className="clamp">
            {request.message}
          </Text>
        )}
        <Progress
          size="xs"
          value={(secondsLeft / seconds) * 100}
          aria-label={texts.call.seconds(secondsLeft)}
        />
        <Text size="xs" c="dimmed">
          {texts.call.seconds(secondsLeft)}
          {isBlocked && ` · ${texts.call.soundBlocked}`}
          {onCall && ` · ${texts.call.busy}`}
        </Text>
        <Group grow>
          <Button variant="default" onClick={onReject} disabled={busy}>
            {texts.call.decline}
          </Button>
          <Button
            onClick={onAccept}
            loading={busy}
            disabled={onCall}
            leftSection={<IconPhone size={16} aria-hidden />}
          >
            {texts.call.accept}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
