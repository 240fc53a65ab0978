import type { Database } from '../../../platform/database/database.service.js';

/** What each of these members of staff says about being at work. */
export function readAvailabilities(
  database: Database,
  userIds: readonly number[],
): Promise<{ id: number; availability: string }[]> {
  return database.$queryRaw<{ id: number; availability: string }[]>`
    SELECT id, availability FROM users WHERE id = ANY(${userIds}::int[])`;
}
