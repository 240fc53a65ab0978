import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import type { StaffRole } from '../../../../../src/contract/roles.js';
import { answer, api } from '../../data/api.js';
import { OnceShown } from '../../ui/once-shown.js';
import { useSubmit } from '../../ui/use-submit.js';
import { t } from '../../i18n/translate.js';
import { peopleChanged } from './people-query.js';
import { RoleAndTeam } from './role-and-team.js';

interface NewPersonProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A new account: a short form, then the password, once. */
export function NewPerson({ opened, onClose }: NewPersonProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={t('people.add')}>
      <Steps onClose={onClose} />
    </Modal>
  );
}

interface Made {
  readonly name: string;
  readonly username: string;
  readonly password: string;
}

function Steps({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<Made>();
  return made ? <Password made={made} onDone={onClose} /> : <Form onMade={setMade} onClose={onClose} />;
}

/** The password of somebody, to be passed on. */
export function Password({ made, onDone }: { made: Made; onDone: () => void }) {
  return (
    <Stack pt="sm">
      <Alert color="brand" variant="light" title={t('people.created', { name: made.name })}>
        {t('people.passOn')}
      </Alert>
      <OnceShown
        lines={[made.password]}
        label={t('people.passwordFor', { username: made.username })}
        copy={t('people.copy')}
        copied={t('people.copied')}
      />
      <Text size="sm" c="dimmed">
        {t('people.usernameOf', { username: made.username })}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone} data-autofocus>
          {t('people.done')}
        </Button>
      </Group>
    </Stack>
  );
}

function Form({ onMade, onClose }: { onMade: (made: Made) => void; onClose: () => void }) {
  const { busy, faults, submit } = useSubmit();
  const [role, setRole] = useState<StaffRole>('ADMIN');
  const [team, setTeam] = useState('GENERAL');

  async function create(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string): string => {
      const value = form.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const email = field('email') === '' ? null : field('email');
    await submit(async () => {
      const body = { name: field('name'), username: field('username'), email, role, team };
      const person = await answer(api.POST('/api/v1/users', { body }));
      await peopleChanged();
      onMade({ name: person.name, username: person.username, password: person.oneTimePassword ?? '' });
    });
  }

  return (
    <form onSubmit={(event) => void create(event)}>
      <Stack pt="sm">
        <TextInput
          name="name"
          label={t('people.name')}
          maxLength={120}
          error={faults['name']}
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
        />
        <TextInput
          name="username"
          label={t('people.username')}
          description={t('people.usernameHint')}
          maxLength={100}
          error={faults['username']}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
        />
        <TextInput
          name="email"
          type="email"
          label={t('people.email')}
          maxLength={255}
          error={faults['email']}
          autoComplete="off"
        />
        <RoleAndTeam role={role} onRole={setRole} team={team} onTeam={setTeam} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('core.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('people.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
