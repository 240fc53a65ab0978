import type { StaffRole } from '../../contract/roles.js';

/** What a login must do before anything else is open to it. */
export type FirstStep = 'change the password' | 'set up a second factor';

/** How strong a login is. What the account gains later, in another login, does not make it stronger. */
export interface LoginStrength {
  /** It was made with a second factor, or has set one up itself. */
  secondFactor: boolean;
  /** It was made with a password that the desk made up. */
  oneTimePassword: boolean;
}

/** Returns what a login must do first; nothing for one that is strong enough. `strict`: roles that need a second factor. */
export function firstStepOf(
  { secondFactor, oneTimePassword }: LoginStrength,
  role: StaffRole,
  strict: readonly StaffRole[],
): FirstStep | undefined {
  if (oneTimePassword) return 'change the password';
  return !secondFactor && strict.includes(role) ? 'set up a second factor' : undefined;
}
