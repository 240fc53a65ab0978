import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffRole } from '../../contract/roles.js';
import { isUniqueViolation } from '../../platform/database/database.errors.js';
import { Database } from '../../platform/database/database.service.js';
import type { User } from '../../platform/database/generated/client.js';
import { EventBus } from '../../platform/events/event-bus.js';
import { AuditLog } from '../audit/audit-log.js';
import { staffPrincipal, type StaffActor } from '../auth/actor.js';
import { accountInactive, delegatedTokenInvalid, delegatedTokenRevoked } from '../auth/auth.errors.js';
import '../auth/auth.events.js';
import type { DelegatedClaims } from './delegated-claims.js';
import { delegatedKey } from '../auth/owner-key.js';
import { lockForDecision } from '../staff/sessions/staff-logins.queries.js';
import { USERNAME, usernameFrom } from '../staff/accounts/username.js';

const LONGEST_EXTERNAL_ID = 255;

/**
 * Staff whom a trusted backend vouches for. Their accounts are made when they are first seen, have no password, and are found
 * by the backend's id alone: a username or an address in a token never opens an account that exists here.
 */
@Injectable()
export class DelegatedStaff {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly bus: EventBus,
  ) {}

  /**
   * The account behind the claims, with the role of its newest token. Throws 401 when it was deactivated here, and for a token
   * that is not newer than what ended this person's tokens here.
   */
  async admit(claims: DelegatedClaims, role: StaffRole): Promise<StaffActor> {
    const externalId = delegatedKey(claims.iss, claims.id);
    if (externalId.length > LONGEST_EXTERNAL_ID)
      throw delegatedTokenInvalid('The id of this token is too long for a member of staff.');
    const known = await this.database.user.findUnique({ where: { externalId } });
    const user = known ?? (await this.provision(externalId, claims, role));
    const issuedAt = issueOf(claims);
    mustHold(user, issuedAt);
    if (!isNewer(issuedAt, user)) return actorOf(user);
    if (user.role !== role) return actorOf(await this.changeRole(user.id, role, issuedAt));
    await this.remember(user, issuedAt);
    return actorOf(user);
  }

  private async provision(externalId: string, claims: DelegatedClaims, role: StaffRole): Promise<User> {
    const { username, email } = claims;
    if (username === undefined) throw delegatedTokenInvalid('A token for staff needs a username.');
    const mailbox = email?.toLowerCase();
    const account = {
      externalId,
      name: username,
      email: mailbox === undefined || (await this.isTakenEmail(mailbox)) ? null : mailbox,
      role,
      delegatedAt: issueOf(claims),
    };
    const wanted = usernameFrom(username);
    const distinct = usernameFrom(username, markOf(externalId));
    const isFree =
      USERNAME.test(wanted) && (await this.database.user.count({ where: { username: wanted } })) === 0;
    try {
      return await this.create({ ...account, username: isFree ? wanted : distinct });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Somebody was faster: another request of the same person, or another of that name or address.
      const first = await this.database.user.findUnique({ where: { externalId } });
      return first ?? this.create({ ...account, email: null, username: distinct });
    }
  }

  private create(
    data: Pick<User, 'externalId' | 'username' | 'name' | 'email' | 'role' | 'delegatedAt'>,
  ): Promise<User> {
    return this.database.$transaction(async (tx) => {
      const user = await tx.user.create({ data });
      await this.audit.record(
        {
          action: 'user.provisioned',
          actor: staffPrincipal(user.id),
          subject: String(user.id),
          data: { role: user.role, externalId: user.externalId },
        },
        tx,
      );
      return user;
    });
  }

  /** Decides again under the lock that every decision about staff takes. The last super admin who can sign in keeps the role. */
  private async changeRole(id: number, role: StaffRole, issuedAt: Date | null): Promise<User> {
    const { user, isChanged } = await this.database.$transaction(async (tx) => {
      const { user: now, isLastSuperAdmin } = await lockForDecision(tx, id);
      if (now === null) throw accountInactive();
      mustHold(now, issuedAt);
      if (!isNewer(issuedAt, now) || isLastSuperAdmin) return { user: now, isChanged: false };
      const changed = await tx.user.update({ where: { id }, data: { role, delegatedAt: issuedAt } });
      await this.audit.record(
        {
          action: 'user.role_changed',
          actor: staffPrincipal(id),
          subject: String(id),
          data: { from: now.role, to: role, by: 'delegated token' },
        },
        tx,
      );
      return { user: changed, isChanged: true };
    });
    if (isChanged) this.bus.publish('identity.revoked', { userId: id });
    return user;
  }

  private async remember({ id }: User, issuedAt: Date | null): Promise<void> {
    if (issuedAt === null) return;
    await this.database.user.updateMany({
      where: { id, OR: [{ delegatedAt: null }, { delegatedAt: { lt: issuedAt } }] },
      data: { delegatedAt: issuedAt },
    });
  }

  private async isTakenEmail(email: string): Promise<boolean> {
    return (await this.database.user.count({ where: { email: { equals: email, mode: 'insensitive' } } })) > 0;
  }
}

/** When a token was issued; null when it does not say so, which makes it older than any that does. */
function issueOf({ issuedAt }: DelegatedClaims): Date | null {
  return issuedAt === undefined ? null : new Date(issuedAt);
}

function mustHold(user: User, issuedAt: Date | null): void {
  if (!user.isActive) throw accountInactive();
  const { tokensValidAfter: line } = user;
  if (line !== null && (issuedAt === null || issuedAt <= line)) throw delegatedTokenRevoked(user.id);
}

/** A role moves only with a token that is newer than the last: an equal or older one does not bring back what was taken. */
function isNewer(issuedAt: Date | null, { delegatedAt }: User): boolean {
  return delegatedAt === null || (issuedAt !== null && issuedAt > delegatedAt);
}

/** What only this identity has. */
function markOf(externalId: string): string {
  return createHash('sha256').update(externalId).digest('hex').slice(0, 8);
}

function actorOf({ id, username, name, avatar, role, tokenVersion }: User): StaffActor {
  const facts = { id, username, name, avatar, tokenVersion, role: role as StaffRole };
  return { ...staffPrincipal(id), ...facts };
}
