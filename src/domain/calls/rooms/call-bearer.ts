import type { DonorActor, StaffActor } from '../../auth/actor.js';

/**
 * Whom a call token was signed for: one login of a member of staff; staff of a trusted backend, who have no login here; or one
 * session of a donor. `tokenVersion` is the version of their tokens.
 */
export type CallBearer =
  | { userId: number; loginId: string }
  | { userId: number; tokenVersion: number }
  | { donorSessionId: string; tokenVersion: number };

/**
 * The user id of a member of staff in call tokens. It names the login that asked for the token, so that whatever ends that makes
 * the call token nobody's: a video provider can keep it out, and let the same person in again with a new login.
 */
export function staffBearer({
  id,
  loginId,
  tokenVersion,
}: Pick<StaffActor, 'id' | 'loginId' | 'tokenVersion'>): string {
  return `staff-${id}.${loginId ?? tokenVersion}`;
}

/** The same for a donor's session. */
export function donorBearer({
  sessionId,
  tokenVersion,
}: Pick<DonorActor, 'sessionId' | 'tokenVersion'>): string {
  return `session-${sessionId}.${tokenVersion}`;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const STAFF = new RegExp(String.raw`^staff-([1-9]\d{0,9})\.(?:(${UUID})|(\d{1,10}))$`);
const SESSION = new RegExp(String.raw`^session-(${UUID})\.(\d{1,10})$`);

/** Who is behind a user id of a call token; undefined for bearers without a login or session, who are known by a ticket's id alone. */
export function bearerBehind(userId: string): CallBearer | undefined {
  const [, id, loginId, staffVersion] = STAFF.exec(userId) ?? [];
  if (id !== undefined && loginId !== undefined) return { userId: Number(id), loginId };
  if (id !== undefined) return { userId: Number(id), tokenVersion: Number(staffVersion) };
  const [, donorSessionId, version] = SESSION.exec(userId) ?? [];
  return donorSessionId === undefined ? undefined : { donorSessionId, tokenVersion: Number(version) };
}
