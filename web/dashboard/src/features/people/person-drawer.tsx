import { Button, Drawer, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type SubmitEvent } from 'react';
import type { StaffRole } from '../../../../../src/contract/roles.js';
import { answer, api, type StaffRecord } from '../../data/api.js';
import { Face } from '../../ui/face.js';
import { useSubmit } from '../../ui/use-submit.js';
import { useMe } from '../../data/session/use-session.js';
import { SignIns } from '../sign-ins/sign-ins.js';
import { t } from '../../i18n/translate.js';
import { peopleChanged } from './people-query.js';
import { PersonAccess } from './person-access.js';
import { SkillsField, type Skill } from './skills-field.js';
import { RoleAndTeam } from './role-and-team.js';

interface DrawerProps {
  readonly person: StaffRecord | undefined;
  readonly onClose: () => void;
}

/** Everything a super admin may change about somebody. */
export function PersonDrawer({ person, onClose }: DrawerProps) {
  return (
    <Drawer
      opened={person !== undefined}
      onClose={onClose}
      position="right"
      size="md"
      title={person && t('people.edit', { name: person.name })}
    >
      {person && (
        <Stack gap="xl" pt="md">
          <Group gap="sm" wrap="nowrap">
            <Face size={48} src={person.avatar} name={person.name} />
            <div>
              <Text fw={600} dir="auto">
                {person.name}
              </Text>
              <Text size="sm" c="dimmed">
                {person.username}
              </Text>
            </div>
          </Group>
          <PersonForm key={person.id} person={person} onSaved={onClose} />
          <PersonAccess person={person} />
          <Stack gap="xs" component="section" aria-label={t('sign-ins.theirTitle', { name: person.name })}>
            <Title order={3} size="h5">
              {t('sign-ins.theirTitle', { name: person.name })}
            </Title>
            <SignIns whose={person} />
          </Stack>
        </Stack>
      )}
    </Drawer>
  );
}

function PersonForm({ person, onSaved }: { person: StaffRecord; onSaved: () => void }) {
  const me = useMe();
  const { busy, faults, submit } = useSubmit();
  const [name, setName] = useState(person.name);
  const [email, setEmail] = useState(person.email ?? '');
  const [role, setRole] = useState<StaffRole>(person.role);
  const [team, setTeam] = useState(person.team);
  const [capacity, setCapacity] = useState(String(person.capacity));
  const [skills, setSkills] = useState<readonly Skill[]>(person.skills);
  const path = { id: person.id };

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const fields = { name: name.trim(), email: email.trim() || null, team, capacity: Number(capacity) };
    const changed = { ...fields, ...(role !== person.role && { role }) };
    const saved = await submit(async () => {
      await answer(api.PATCH('/api/v1/users/{id}', { params: { path }, body: changed }));
      if (JSON.stringify(skills) !== JSON.stringify(person.skills))
        await answer(
          api.PUT('/api/v1/users/{id}/skills', { params: { path }, body: { skills: [...skills] } }),
        );
      await peopleChanged();
    });
    if (!saved) return;
    notifications.show({ message: t('core.saved'), role: 'status' });
    onSaved();
  }

  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack>
        <TextInput
          label={t('people.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={120}
          error={faults['name']}
          required
          withAsterisk={false}
          autoComplete="off"
        />
        <TextInput
          label={t('people.email')}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          maxLength={255}
          error={faults['email']}
          autoComplete="off"
        />
        <RoleAndTeam
          role={role}
          onRole={setRole}
          team={team}
          onTeam={setTeam}
          ownTeam={person.team}
          fixedRole={person.id === me.id ? t('people.ownRole') : undefined}
        />
        <TextInput
          label={t('people.capacity')}
          description={t('people.capacityHint')}
          type="number"
          min={0}
          max={1000}
          value={capacity}
          onChange={(event) => setCapacity(event.currentTarget.value)}
          error={faults['capacity']}
          required
          withAsterisk={false}
        />
        <SkillsField skills={skills} onChange={setSkills} />
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t('core.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
