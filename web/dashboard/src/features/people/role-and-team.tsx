import { Group, Select } from '@mantine/core';
import { STAFF_ROLES, type StaffRole } from '../../../../../src/contract/roles.js';
import { useTeams } from '../../data/taxonomy.js';
import { t } from '../../i18n/translate.js';

interface RoleAndTeamProps {
  readonly role: StaffRole;
  readonly onRole: (role: StaffRole) => void;
  readonly team: string;
  readonly onTeam: (team: string) => void;
  /** A team that is offered even if it is archived. */
  readonly ownTeam?: string;
  /** Why the role cannot be changed. */
  readonly fixedRole?: string | undefined;
}

/** What somebody may do here, and with whom. */
export function RoleAndTeam({ role, onRole, team, onTeam, ownTeam, fixedRole }: RoleAndTeamProps) {
  const teams = useTeams(ownTeam);
  return (
    <Group grow align="flex-start">
      <Select
        label={t('people.role')}
        data={STAFF_ROLES.map((one) => ({ value: one, label: t(`people.roles.${one}`) }))}
        value={role}
        onChange={(value) => value && onRole(value)}
        allowDeselect={false}
        disabled={fixedRole !== undefined}
        {...(fixedRole !== undefined && { description: fixedRole })}
      />
      <Select
        label={t('people.team')}
        data={teams}
        value={team}
        onChange={(value) => value && onTeam(value)}
        allowDeselect={false}
      />
    </Group>
  );
}
