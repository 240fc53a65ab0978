import { isUniqueViolation } from '../../../platform/database/database.errors.js';
import { taken } from './user.errors.js';

/** Email addresses are compared in small letters; an empty one is none. */
export function storedEmail(email: string | null | undefined): string | null | undefined {
  return typeof email === 'string' ? email.trim().toLowerCase() || null : email;
}

/** Throws 409 that names the field when an account with this username or email address exists. */
export async function orTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    for (const field of ['username', 'email'] as const)
      if (isUniqueViolation(error, field)) throw taken(field);
    throw error;
  }
}
