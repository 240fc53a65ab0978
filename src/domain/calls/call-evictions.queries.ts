import type { Database } from '../../platform/database/database.service.js';
import { donorBearer, staffBearer } from './rooms/call-bearer.js';
import { TOKEN_LIFE } from './rooms/call-rooms.service.js';

/** Versions of somebody's tokens that can still be in use at a provider, where tokens live an hour. */
const RECENT_VERSIONS = 10;
/** A provider takes 100 user ids at a time. */
const RECENT_LOGINS = 90;

/** The user ids in call tokens of a member of staff that something ended while they could be in use. */
export async function staffBearersEnded(database: Database, id: number): Promise<string[]> {
  const since = new Date(Date.now() - TOKEN_LIFE);
  const user = await database.user.findUnique({
    where: { id },
    select: { tokenVersion: true, tokensValidAfter: true },
  });
  if (user === null) return [];
  const logins = await database.staffLogin.findMany({
    where: { userId: id, endedAt: { gt: since } },
    orderBy: { endedAt: 'desc' },
    take: RECENT_LOGINS,
    select: { id: true },
  });
  const ended = logins.map((login) => staffBearer({ id, loginId: login.id, tokenVersion: 0 }));
  if (user.tokensValidAfter === null || user.tokensValidAfter <= since) return ended;
  const versions = before(user.tokenVersion).map((tokenVersion) => staffBearer({ id, tokenVersion }));
  return [...ended, ...versions];
}

/** The same for a donor's session. */
export async function donorBearersEnded(database: Database, sessionId: string): Promise<string[]> {
  const since = new Date(Date.now() - TOKEN_LIFE);
  const session = await database.donorSession.findFirst({
    where: { id: sessionId, revokedAt: { gt: since } },
    select: { tokenVersion: true },
  });
  if (session === null) return [];
  return before(session.tokenVersion).map((tokenVersion) => donorBearer({ sessionId, tokenVersion }));
}

function before(version: number): number[] {
  const versions = Array.from({ length: RECENT_VERSIONS }, (_, back) => version - 1 - back);
  return versions.filter((older) => older >= 0);
}
