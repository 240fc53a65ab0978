import { createStaff } from '../factories/staff.factory.js';
import { personOf, type Desk, type Person } from './desk.js';

/** A member of staff with everything they could sign in with. */
export interface ProvisionedStaff extends Person {
  token: string;
  password: string;
  refresh: string;
}

export async function provisionStaff({ server }: Desk, role = 'ADMIN'): Promise<ProvisionedStaff> {
  const staff = await createStaff(server.app, { role });
  const { token, password, refreshToken: refresh } = staff;
  return Object.assign(personOf(server, staff), { token, password, refresh });
}

export interface AuditRow {
  action: string;
  actor_id: string;
  data: unknown;
}

/** What the audit log says was changed about somebody, oldest first. */
export async function auditOf({ db }: Desk, id: number): Promise<AuditRow[]> {
  const { rows } = await db.query<AuditRow>(
    `SELECT action, actor_id, data FROM audit_log WHERE subject = $1 AND action LIKE 'user.%' ORDER BY id`,
    [String(id)],
  );
  return rows;
}
