import { invalidField } from '../../../platform/http/errors/domain-error.js';
import { isGuessable } from './password-strength.js';

const MIN_PASSWORD_BYTES = 10;
/** bcrypt reads no further. */
export const MAX_PASSWORD_BYTES = 72;

/** A password as it is hashed (NFKC, RFC 8265): composed, decomposed and full-width letters are the same. */
export function storedForm(password: string): string {
  return password.normalize('NFKC');
}

/** Whose password it is: what others know of them is no secret. */
export interface PasswordOwner {
  username: string;
  name?: string | null;
  email?: string | null;
}

/** What is wrong with a new password, or nothing. */
export async function passwordFault(password: string, owner: PasswordOwner): Promise<string | undefined> {
  const fault = shapeFault(password, owner.username);
  if (fault !== undefined) return fault;
  const { username, name, email } = owner;
  const known = [username, name, email].filter((word) => typeof word === 'string');
  return (await isGuessable(storedForm(password), known))
    ? 'This password is easy to guess. Use three or four unrelated words, or one that a password manager makes up.'
    : undefined;
}

/** Throws 400 that names `field` for a new password that sign-in would refuse. */
export async function mustBeGood(
  password: string,
  owner: PasswordOwner,
  field: 'password' | 'newPassword' = 'newPassword',
): Promise<void> {
  const fault = await passwordFault(password, owner);
  if (fault !== undefined) throw invalidField(field, fault);
}

/** What is wrong with the length of a password, or with one that is the username. */
export function shapeFault(password: string, username: string): string | undefined {
  const bytes = Buffer.byteLength(storedForm(password));
  if (bytes < MIN_PASSWORD_BYTES) return `Use at least ${MIN_PASSWORD_BYTES} characters.`;
  if (bytes > MAX_PASSWORD_BYTES) return `Use at most ${MAX_PASSWORD_BYTES} bytes.`;
  if (password.toLowerCase() === username.toLowerCase()) return 'Choose something other than your username.';
  return undefined;
}
