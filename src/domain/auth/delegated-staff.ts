import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffRole } from '../../contract/roles.js';
import { cutText } from '../../contract/text.js';
import { isUniqueViolation } from '../../platform/database/database.errors.js';
import { Database } from '../../platform/database/database.service.js';
import type { User } from '../../platform/database/generated/client.js';
import { EventBus } from '../../platform/events/event-bus.js';
import { AuditLog } from '../audit/audit-log.js';
import type { StaffActor } from './actor.js';
import { accountInactive, delegatedTokenInvalid } from './auth.errors.js';
import './auth.events.js';
import type { DelegatedClaims } from './delegated-tokens.js';
import { delegatedKey } from './owner-key.js';

const LONGEST_EXTERNAL_ID = 255;
const LONGEST_USERNAME = 100;

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

  /** The account behind the claims, with the role of its newest token. Throws 401 when it was deactivated here. */
  async admit(claims: DelegatedClaims, role: StaffRole): Promise<StaffActor> {
    const externalId = delegatedKey(claims.iss, claims.id);
    if (externalId.length > LONGEST_EXTERNAL_ID)
      throw delegatedTokenInvalid('The id of this token is too long for a member of staff.');
    const known = await this.database.user.findUnique({ where: { externalId } });
    const user = known ?? (await this.hire(externalId, claims, role));
    if (!user.isActive) throw accountInactive();
    return actorOf(await this.follow(user, role, new Date(claims.issuedAt)));
  }

  private async hire(externalId: string, claims: DelegatedClaims, role: StaffRole): Promise<User> {
    const { username, email } = claims;
    if (username === undefined) throw delegatedTokenInvalid('A token for staff needs a username.');
    const wanted = cutText(username.trim().toLowerCase(), LONGEST_USERNAME);
    const takenEmail = email !== undefined && (await this.isTakenEmail(email));
    const account = {
      externalId,
      name: username,
      email: takenEmail ? null : (email ?? null),
      role,
      delegatedAt: new Date(claims.issuedAt),
    };
    const isTaken = (await this.database.user.count({ where: { username: wanted } })) > 0;
    try {
      return await this.create({ ...account, username: isTaken ? distinct(wanted, externalId) : wanted });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      // Somebody was faster: another request of the same person, or another of that name or address.
      const first = await this.database.user.findUnique({ where: { externalId } });
      return first ?? this.create({ ...account, email: null, username: distinct(wanted, externalId) });
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
          actor: { kind: 'staff', key: `u:${user.id}` },
          subject: String(user.id),
          data: { role: user.role, externalId: user.externalId },
        },
        tx,
      );
      return user;
    });
  }

  /** A role moves only with a token that is at least as new as the last: an older one does not bring back what was taken. */
  private async follow(user: User, role: StaffRole, issuedAt: Date): Promise<User> {
    if (user.role === role || (user.delegatedAt !== null && user.delegatedAt > issuedAt)) {
      await this.remember(user, role, issuedAt);
      return user;
    }
    const changed = await this.database.$transaction(async (tx) => {
      const { count } = await tx.user.updateMany({
        where: { id: user.id, role: user.role, delegatedAt: user.delegatedAt },
        data: { role, delegatedAt: issuedAt },
      });
      if (count === 0) return false;
      await this.audit.record(
        {
          action: 'user.role_changed',
          actor: { kind: 'staff', key: `u:${user.id}` },
          subject: String(user.id),
          data: { from: user.role, to: role, by: 'delegated token' },
        },
        tx,
      );
      return true;
    });
    if (changed) this.bus.publish('identity.revoked', { userId: user.id });
    return this.database.user.findUniqueOrThrow({ where: { id: user.id } });
  }

  private async remember(user: User, role: StaffRole, issuedAt: Date): Promise<void> {
    if (user.role !== role || (user.delegatedAt !== null && user.delegatedAt >= issuedAt)) return;
    await this.database.user.updateMany({
      where: { id: user.id, role, OR: [{ delegatedAt: null }, { delegatedAt: { lt: issuedAt } }] },
      data: { delegatedAt: issuedAt },
    });
  }

  private async isTakenEmail(email: string): Promise<boolean> {
    return (await this.database.user.count({ where: { email: { equals: email, mode: 'insensitive' } } })) > 0;
  }
}

/** The name with a mark that only this identity has. */
function distinct(username: string, externalId: string): string {
  const mark = createHash('sha256').update(externalId).digest('hex').slice(0, 8);
  return `${cutText(username, LONGEST_USERNAME - mark.length - 1)}-${mark}`;
}

function actorOf({ id, username, name, avatar, role }: User): StaffActor {
  return { kind: 'staff', key: `u:${id}`, id, username, name, avatar, role: role as StaffRole };
}
