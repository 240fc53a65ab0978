import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { LIMITS } from '../../../../../../src/contract/ticket-fields.js';
import { useStaff } from '../../../data/staff.js';
import { t } from '../../../i18n/translate.js';

interface TransferProps {
  readonly opened: boolean;
  readonly ownerId: number | null;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onSubmit: (toAdminId: number, notes: string) => Promise<void>;
}

export function TransferDialog({ opened, onClose, ...rest }: TransferProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={t('ticket.transfer.title')}>
      <TransferForm onClose={onClose} {...rest} />
    </Modal>
  );
}

function TransferForm({ ownerId, busy, onClose, onSubmit }: Omit<TransferProps, 'opened'>) {
  const [to, setTo] = useState<string | null>(null);
  const [notes, setNotes] = useState('');
  const people = useStaff().filter(({ id }) => id !== ownerId);
  if (people.length === 0) return <Text>{t('ticket.transfer.nobody')}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (to !== null) void onSubmit(Number(to), notes);
      }}
    >
      <Stack>
        <Select
          data-autofocus
          label={t('ticket.transfer.to')}
          placeholder={t('ticket.transfer.choose')}
          searchable
          data={people.map(({ id, name, availability }) => ({
            value: String(id),
            label: `${name} · ${t(`core.availability.${availability}`)}`,
          }))}
          value={to}
          onChange={setTo}
        />
        <Textarea
          label={t('ticket.transfer.notes')}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
          maxLength={LIMITS.transferNotes}
          autosize
          minRows={3}
          maxRows={8}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('core.cancel')}
          </Button>
          <Button type="submit" disabled={to === null} loading={busy}>
            {t('ticket.transfer')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
