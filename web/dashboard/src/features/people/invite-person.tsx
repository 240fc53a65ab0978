import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import type { StaffRole } from '../../../../../src/contract/roles.js';
import { answer, api } from '../../data/api.js';
import { language } from '../../i18n/language.js';
import { t } from '../../i18n/translate.js';
import { Loading } from '../../ui/feedback.js';
import { useSubmit } from '../../ui/use-submit.js';
import { invitationsChanged, linkWaysQuery } from './invitations-query.js';
import { LinkToPassOn, type MadeLink } from './link-to-pass-on.js';
import { RoleAndTeam } from './role-and-team.js';

const WAYS = ['email', 'link'] as const;
type Way = (typeof WAYS)[number];

interface InviteProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** An invitation: by email where the desk can send it, or by a link that is shown once. */
export function InvitePerson({ opened, onClose }: InviteProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={t('people.invite')}>
      <Steps onClose={onClose} />
    </Modal>
  );
}

function Steps({ onClose }: { readonly onClose: () => void }) {
  const ways = useQuery(linkWaysQuery);
  const [made, setMade] = useState<MadeLink>();
  if (made) return <LinkToPassOn made={made} onDone={onClose} />;
  if (ways.isPending) return <Loading rows={3} height={56} />;
  return <Form canMail={ways.data?.byEmail === true} onMade={setMade} onClose={onClose} />;
}

interface FormProps {
  readonly canMail: boolean;
  readonly onMade: (made: MadeLink) => void;
  readonly onClose: () => void;
}

function Form({ canMail, onMade, onClose }: FormProps) {
  const { busy, faults, submit } = useSubmit();
  const [by, setBy] = useState<Way>(canMail ? 'email' : 'link');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<StaffRole>('ADMIN');
  const [team, setTeam] = useState('GENERAL');

  async function invite(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const address = email.trim();
    const called = name.trim();
    await submit(async () => {
      const offer = { role, team, email: address || null, ...(called && { name: called }) };
      const body = { ...offer, by, locale: language.locale() };
      const { link, expiresAt } = await answer(api.POST('/api/v1/invitations', { body }));
      await invitationsChanged();
      if (link !== null) {
        onMade({ name: called || address || t('people.nameless'), link, expiresAt });
        return;
      }
      notifications.show({ message: t('people.invited', { email: address }), role: 'status' });
      onClose();
    });
  }

  return (
    <form onSubmit={(event) => void invite(event)}>
      <Stack pt="sm">
        <Text size="sm" c="dimmed">
          {t('people.inviteIntro')}
          {!canMail && ` ${t('people.noMail')}`}
        </Text>
        {canMail && (
          <SegmentedControl
            aria-label={t('people.inviteBy')}
            data={WAYS.map((way) => ({ value: way, label: t(`people.by.${way}`) }))}
            value={by}
            onChange={setBy}
          />
        )}
        <TextInput
          type="email"
          label={t('people.email')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          maxLength={255}
          error={faults['email']}
          autoComplete="off"
          {...(by === 'link' && { description: t('people.optional') })}
          required={by === 'email'}
          withAsterisk={false}
          data-autofocus
        />
        <TextInput
          label={t('people.name')}
          description={t('people.optional')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={120}
          error={faults['name']}
          autoComplete="off"
        />
        <RoleAndTeam role={role} onRole={setRole} team={team} onTeam={setTeam} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('core.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {by === 'email' ? t('people.inviteSend') : t('people.inviteMake')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
