import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import { notFound } from '../../../platform/http/errors/domain-error.js';
import { AuditLog } from '../../audit/audit-log.js';
import type { StaffActor } from '../../auth/actor.js';
import { toSession, type SessionResponse } from './session.dto.js';
import { endLogins, liveLogins, lockStaff } from './staff-logins.queries.js';
import { StaffSessions } from './staff-sessions.js';

/** A script that never signs out makes many; the oldest come into the list as newer ones end. */
const MOST_LISTED = 100;

/**
 * Lists where staff are signed in, and ends single sign-ins. Ending one ends its access token, its refresh token and its live
 * connections; the other sign-ins of the person go on.
 */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly sessions: StaffSessions,
  ) {}

  /** Lists the caller's own, newest use first; none for the bearer of a backend's token, who has not signed in here. */
  async listOwn(actor: StaffActor): Promise<SessionResponse[]> {
    return actor.loginId === undefined ? [] : this.listLive(actor, actor.id);
  }

  /** Lists those of somebody; 404 for nobody. */
  async listOf(actor: StaffActor, userId: number): Promise<SessionResponse[]> {
    const user = await this.database.user.findUnique({ where: { id: userId }, select: { id: true } });
    if (user === null) throw notFound('Member of staff');
    return this.listLive(actor, userId);
  }

  /** Ends one of the caller's own; 404 unless it is live and theirs. */
  async endOwn(actor: StaffActor, sessionId: string): Promise<void> {
    if (actor.loginId === undefined) throw notFound('Session');
    await this.end('auth.session_ended', actor, { userId: actor.id, sessionId });
  }

  /** Ends one of somebody's; 404 unless it is live and theirs. */
  async endOf(actor: StaffActor, userId: number, sessionId: string): Promise<void> {
    await this.end('user.session_ended', actor, { userId, sessionId });
  }

  /** Ends all of the caller's own but the one that asks. */
  async endOthers(actor: StaffActor): Promise<void> {
    const { id, loginId } = actor;
    if (loginId === undefined) return;
    const ended = await this.database.$transaction(async (tx) => {
      await lockStaff(tx, id);
      const count = await endLogins(tx, id, { except: loginId });
      const entry = { action: 'auth.other_sessions_ended', actor, subject: String(id) } as const;
      if (count > 0) await this.audit.record({ ...entry, data: { count } }, tx);
      return count;
    });
    if (ended > 0) this.sessions.publishEnd(id);
  }

  private async listLive(actor: StaffActor, userId: number): Promise<SessionResponse[]> {
    const logins = await this.database.staffLogin.findMany({
      where: liveLogins(userId),
      orderBy: [{ lastUsedAt: 'desc' }, { id: 'asc' }],
      take: MOST_LISTED,
    });
    return logins.map((login) => toSession(login, actor));
  }

  private async end(
    action: 'auth.session_ended' | 'user.session_ended',
    actor: StaffActor,
    { userId, sessionId }: { userId: number; sessionId: string },
  ): Promise<void> {
    await this.database.$transaction(async (tx) => {
      await lockStaff(tx, userId);
      const login = await tx.staffLogin.findFirst({ where: { ...liveLogins(userId), id: sessionId } });
      if (login === null) throw notFound('Session');
      await endLogins(tx, userId, { only: sessionId });
      const data = { sessionId, userAgent: login.userAgent, address: login.address };
      await this.audit.record({ action, actor, subject: String(userId), data }, tx);
    });
    this.sessions.publishEnd(userId);
  }
}
