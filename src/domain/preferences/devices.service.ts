import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { isForeignKeyViolation } from '../../platform/database/database.errors.js';
import { forbidden } from '../../platform/http/errors/domain-error.js';
import type { Actor } from '../auth/actor.js';
import { tokenInvalid } from '../auth/auth.errors.js';

/** Whose phone it is: exactly one of user and donor session is set. */
type Owner =
  | { userId: number; donorSessionId: null; loginId: string | null }
  | { userId: null; donorSessionId: string; loginId: null };

const MOST = 20;

/** Phones and browsers that get pushes. A person has several; a token belongs to the account that registered it last. */
@Injectable()
export class Devices {
  constructor(private readonly database: Database) {}

  /** Fine to repeat. The oldest device goes when somebody has more than 20. */
  async register(actor: Actor, token: string, platform: string): Promise<void> {
    const owner = ownerOf(actor);
    await this.database.device
      .upsert({ where: { token }, create: { token, platform, ...owner }, update: { platform, ...owner } })
      .catch((error: unknown) => {
        // The session was erased with the person's last ticket, a moment ago.
        throw isForeignKeyViolation(error) ? tokenInvalid() : error;
      });
    const surplus = await this.database.device.findMany({
      where: allOf(owner),
      orderBy: { updatedAt: 'desc' },
      skip: MOST,
      select: { id: true },
    });
    if (surplus.length > 0) {
      await this.database.device.deleteMany({ where: { id: { in: surplus.map(({ id }) => id) } } });
    }
  }

  /** One device of the actor, or all of them; those of others stay. */
  async forget(actor: Actor, token?: string): Promise<void> {
    const owner = ownerOf(actor);
    await this.database.device.deleteMany({
      where: { ...allOf(owner), ...(token !== undefined && { token }) },
    });
  }
}

function ownerOf(actor: Actor): Owner {
  if (actor.kind === 'staff')
    return { userId: actor.id, donorSessionId: null, loginId: actor.loginId ?? null };
  if (actor.kind === 'donor') return { userId: null, donorSessionId: actor.sessionId, loginId: null };
  throw forbidden('Only people who are signed in have devices.');
}

/** All devices of the person, on whichever sign-in they were registered. */
function allOf({ userId, donorSessionId }: Owner): Pick<Owner, 'userId' | 'donorSessionId'> {
  return { userId, donorSessionId };
}
