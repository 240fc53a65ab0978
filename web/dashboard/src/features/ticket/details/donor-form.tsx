import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { LIMITS } from '../../../../../../src/contract/ticket-fields.js';
import { answer, api, type Ticket } from '../../../data/api.js';
import { useSubmit } from '../../../ui/use-submit.js';
import { t } from '../../../i18n/translate.js';
import { capitalised } from './capitalised.js';
import { isOfThePerson } from './donor-locale.js';
import { keepTicket } from '../sync/use-ticket.js';

interface DonorFormProps {
  readonly ticket: Ticket;
  readonly onClose: () => void;
}

type Context = Readonly<Record<string, unknown>>;

/** What staff correct about a donor: name, address, and what the website told. What is left empty is taken off. */
export function DonorForm({ ticket, onClose }: DonorFormProps) {
  const client = useQueryClient();
  const { busy, faults, submit } = useSubmit();
  const [name, setName] = useState(ticket.donorName ?? '');
  const [email, setEmail] = useState(ticket.donorEmail ?? '');
  const [context, setContext] = useState(ticket.context as Context);
  const entries = Object.entries(context).filter(
    ([key, value]) => typeof value === 'string' && !isOfThePerson(key),
  );

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const donorName = name.trim() || null;
    const donorEmail = email.trim() || null;
    // Only what was corrected: what stays may be older than today's rules.
    const body = {
      version: ticket.version,
      ...(donorName !== ticket.donorName && { donorName }),
      ...(donorEmail !== ticket.donorEmail && { donorEmail }),
      ...(context !== ticket.context && { context: withoutBlank(context) }),
    };
    const saved = await submit(async () => {
      const path = { path: { id: ticket.id } };
      keepTicket(client, await answer(api.PATCH('/api/v1/tickets/{id}', { params: path, body })));
    });
    if (!saved) return;
    notifications.show({ color: 'green', message: t('ticket.corrected'), role: 'status' });
    onClose();
  }

  return (
    <Modal opened onClose={onClose} title={t('ticket.correct')}>
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label={t('ticket.correct.name')}
            dir="auto"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={LIMITS.name}
            error={faults['donorName']}
          />
          <TextInput
            label={t('ticket.correct.email')}
            description={t('ticket.correct.emailHint')}
            type="email"
            dir="ltr"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            maxLength={LIMITS.email}
            error={faults['donorEmail']}
          />
          {entries.map(([key, value]) => (
            <TextInput
              key={key}
              label={capitalised(key)}
              dir="auto"
              value={value as string}
              onChange={(event) => setContext({ ...context, [key]: event.currentTarget.value })}
              maxLength={LIMITS.contextBytes}
              error={faults['context']}
            />
          ))}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('core.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('core.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function withoutBlank(context: Context): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(context).filter(([, value]) => typeof value !== 'string' || value.trim() !== ''),
  );
}
