import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBan,
  IconBellRinging,
  IconCheck,
  IconDots,
  IconDownload,
  IconHandStop,
  IconLock,
  IconMail,
  IconPhone,
  IconTrash,
  IconUsersGroup,
  IconVideo,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CallType } from '../../../../../../src/contract/ticket-fields.js';
import type { Ticket } from '../../../data/api.js';
import { Confirm } from '../../../ui/confirm.js';
import { donorOf } from '../../../data/ticket-names.js';
import { useCalls } from '../../calls/call-context.js';
import { useMe } from '../../../data/session/use-session.js';
import { t } from '../../../i18n/translate.js';
import type { Permissions } from '../../../data/permissions.js';
import { TransferDialog } from './transfer-dialog.js';
import { useShortcut } from '../../../ui/shortcuts.js';
import type { TicketActions as Actions } from './use-ticket-actions.js';
import icons from '../../../ui/icons.module.css';

type Question = 'transfer' | 'cancel' | 'remove';

interface ActionsProps {
  readonly ticket: Ticket;
  readonly may: Permissions;
  readonly actions: Actions;
}

export function TicketActions({ ticket, may, actions }: ActionsProps) {
  const [question, setQuestion] = useState<Question>();
  const navigate = useNavigate();
  const me = useMe();
  useShortcut('a', may.accept, () => void actions.accept());
  useShortcut('t', may.transfer, () => setQuestion('transfer'));
  useShortcut('e', may.resolve, () => void actions.resolve());
  const close = (): void => setQuestion(undefined);

  return (
    <Group gap="xs">
      {(may.accept || may.takeOver) && (
        <Button
          size="xs"
          variant={may.accept ? 'filled' : 'default'}
          leftSection={<IconHandStop size={16} aria-hidden />}
          loading={actions.busy === 'accept'}
          onClick={() => void (may.accept ? actions.accept() : actions.takeOver(me.id))}
        >
          {may.accept ? t('ticket.accept') : t('ticket.takeOver')}
        </Button>
      )}
      {may.call && <CallMenu ticket={ticket} />}
      {may.resolve && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCheck size={16} aria-hidden />}
          loading={actions.busy === 'resolve'}
          onClick={() => void actions.resolve()}
        >
          {t('ticket.resolve')}
        </Button>
      )}
      {may.reopen && (
        <Button
          size="xs"
          leftSection={<IconArrowBackUp size={16} className={icons.directional} aria-hidden />}
          loading={actions.busy === 'reopen'}
          onClick={() => void actions.reopen()}
        >
          {t('ticket.reopen')}
        </Button>
      )}
      <MoreMenu may={may} actions={actions} onAsk={setQuestion} />
      <TransferDialog
        opened={question === 'transfer'}
        ownerId={ticket.adminId}
        busy={actions.busy === 'transfer'}
        onClose={close}
        onSubmit={async (toAdminId, notes) => {
          if (await actions.transfer(toAdminId, notes)) close();
        }}
      />
      <Confirm
        opened={question === 'cancel'}
        title={t('ticket.cancel')}
        text={t('ticket.confirmCancel')}
        action={t('ticket.cancelIt')}
        busy={actions.busy === 'cancel'}
        onClose={close}
        onConfirm={() => void actions.cancel().then(close)}
      />
      <Confirm
        opened={question === 'remove'}
        title={t('ticket.delete')}
        text={t('ticket.confirmDelete')}
        action={t('ticket.delete')}
        busy={actions.busy === 'remove'}
        onClose={close}
        onConfirm={() =>
          void actions.remove().then((done) => {
            close();
            if (done) void navigate({ to: '/' });
          })
        }
      />
    </Group>
  );
}

function CallMenu({ ticket }: { ticket: Ticket }) {
  const calls = useCalls();
  const start = (callType: CallType): void =>
    calls.open({ ticketId: ticket.id, callType, name: donorOf(ticket), preview: true });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPhone size={16} aria-hidden />}
          disabled={calls.current !== undefined}
        >
          {t('ticket.call.start')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPhone size={16} aria-hidden />} onClick={() => start('audio')}>
          {t('ticket.call.audio')}
        </Menu.Item>
        <Menu.Item leftSection={<IconVideo size={16} aria-hidden />} onClick={() => start('video')}>
          {t('ticket.call.video')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function MoreMenu({
  may,
  actions,
  onAsk,
}: {
  may: Permissions;
  actions: Actions;
  onAsk: (question: Question) => void;
}) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={t('ticket.more')}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may.transfer && (
          <Menu.Item
            leftSection={<IconArrowForwardUp size={16} className={icons.directional} aria-hidden />}
            onClick={() => onAsk('transfer')}
          >
            {t('ticket.transfer')}
          </Menu.Item>
        )}
        {may.handBack && (
          <Menu.Item
            leftSection={<IconUsersGroup size={16} aria-hidden />}
            onClick={() => void actions.update({ adminId: null })}
          >
            {t('ticket.handBack')}
          </Menu.Item>
        )}
        {may.remind && (
          <Menu.Item
            leftSection={<IconBellRinging size={16} aria-hidden />}
            onClick={() => void actions.remind()}
          >
            {t('ticket.remind')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => void actions.download()}
        >
          {t('ticket.download')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconMail size={16} aria-hidden />}
          onClick={() => void actions.mailTranscript()}
        >
          {t('ticket.mailTranscript')}
        </Menu.Item>
        {may.close && (
          <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={() => void actions.close()}>
            {t('ticket.close')}
          </Menu.Item>
        )}
        {may.cancel && (
          <Menu.Item leftSection={<IconBan size={16} aria-hidden />} onClick={() => onAsk('cancel')}>
            {t('ticket.cancel')}
          </Menu.Item>
        )}
        {may.remove && (
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => onAsk('remove')}
          >
            {t('ticket.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
