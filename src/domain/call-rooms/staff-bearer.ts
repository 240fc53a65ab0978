import type { StaffActor } from '../auth/actor.js';

/** The member of staff whom a call token was signed for, as of one version of their tokens. */
export interface StaffBearer {
  id: number;
  tokenVersion: number;
}

/**
 * The user id of a member of staff in call tokens. It names the version of their tokens, so that whatever ends those makes the
 * call token somebody else's: a video provider can keep the former out and let the same person in again.
 */
export function staffBearer({ id, tokenVersion }: Pick<StaffActor, 'id' | 'tokenVersion'>): string {
  return `staff-${id}.${tokenVersion}`;
}

/** The member of staff behind a user id of a call token; undefined for everybody else. */
export function staffBehind(userId: string): StaffBearer | undefined {
  const [, id, tokenVersion] = /^staff-([1-9]\d{0,9})\.(\d{1,10})$/.exec(userId) ?? [];
  if (id === undefined || tokenVersion === undefined) return undefined;
  return { id: Number(id), tokenVersion: Number(tokenVersion) };
}
