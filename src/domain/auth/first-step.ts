import type { StaffRole } from '../../contract/roles.js';

/** What a login must do before anything else is open to it. */
export type FirstStep = 'set up a second factor';

/** How strong a login is. What the account gains later, in another login, does not make it stronger. */
export interface LoginStrength {
  /** It was made with a second factor, or has set one up itself. */
  secondFactor: boolean;
}

/** Returns what a login must do first; nothing for one that is strong enough. `strict`: roles that need a second factor. */
export function firstStepOf(
  login: LoginStrength,
  role: StaffRole,
  strict: readonly StaffRole[],
): FirstStep | undefined {
  return !login.secondFactor && strict.includes(role) ? 'set up a second factor' : undefined;
}
