import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { LIMITS } from '../../../../src/contract/ticket-fields.js';
import { useStaff } from '../app/staff.js';
import { texts } from '../app/texts.js';

interface TransferProps {
  readonly opened: boolean;
  readonly ownerId: number | null;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onSubmit: (toAdminId: number, notes: string) => Promise<void>;
}

export function TransferDialog({ opened, onClose, ...rest }: TransferProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={texts.transferDialog.title}>
      <TransferForm onClose={onClose} {...rest} />
    </Modal>
  );
}

function TransferForm({ ownerId, busy, onClose, onSubmit }: Omit<TransferProps, 'opened'>) {
  const [to, setTo] = useState<string | null>(null);
  const [notes, setNotes] = useState('');
  const people = useStaff().filter(({ id }) => id !== ownerId);
  if (people.length === 0) return <Text>{texts.transferDialog.nobody}</Text>;
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
          label={texts.transferDialog.to}
          placeholder={texts.transferDialog.choose}
          searchable
          data={people.map(({ id, name, availability }) => ({
            value: String(id),
            label: `${name} · ${texts.availability[availability]}`,
          }))}
          value={to}
          onChange={setTo}
        />
        <Textarea
          label={texts.transferDialog.notes}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
          maxLength={LIMITS.transferNotes}
          autosize
          minRows={3}
          maxRows={8}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" disabled={to === null} loading={busy}>
            {texts.transferDialog.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
