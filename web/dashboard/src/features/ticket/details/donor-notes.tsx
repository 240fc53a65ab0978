import { Button, Group, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { LIMITS } from '../../../../../../src/contract/ticket-fields.js';
import { answer, api } from '../../../data/api.js';
import { useSubmit } from '../../../ui/use-submit.js';
import { t } from '../../../i18n/translate.js';

interface DonorNotesProps {
  readonly ticketId: string;
  readonly notes: string | null;
  readonly queryKey: readonly string[];
}

/** What staff know about the donor. Follows what colleagues save until somebody types here. */
export function DonorNotes({ ticketId, notes, queryKey }: DonorNotesProps) {
  const client = useQueryClient();
  const { busy, faults, submit } = useSubmit();
  const [draft, setDraft] = useState<string>();
  const saved = notes ?? '';
  const text = draft ?? saved;
  const left = LIMITS.donorNotes - [...text].length;

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const isSaved = await submit(async () => {
      const params = { path: { id: ticketId } };
      const body = { notes: text.trim() === '' ? null : text };
      client.setQueryData(queryKey, await answer(api.PATCH('/api/v1/tickets/{id}/donor', { params, body })));
    });
    if (!isSaved) return;
    setDraft(undefined);
    notifications.show({ color: 'green', message: t('ticket.donor.notesSaved'), role: 'status' });
  }

  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack gap={6}>
        <Textarea
          size="xs"
          label={t('ticket.donor.notes')}
          description={t('ticket.donor.notesHint')}
          placeholder={t('ticket.donor.notesEmpty')}
          dir="auto"
          autosize
          minRows={2}
          maxRows={10}
          value={text}
          onChange={(event) => setDraft(event.currentTarget.value)}
          error={faults['notes'] ?? (left < 0 ? t('ticket.donor.notesTooLong', { count: -left }) : undefined)}
        />
        {draft !== undefined && draft !== saved && (
          <Group gap="xs">
            <Button type="submit" size="compact-xs" loading={busy} disabled={left < 0}>
              {t('core.save')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => setDraft(undefined)} disabled={busy}>
              {t('core.cancel')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
