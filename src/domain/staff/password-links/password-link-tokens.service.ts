import { createHmac, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { publicUrl } from '../../../platform/config/public-address.js';
import { Database } from '../../../platform/database/database.service.js';
import type { PasswordLink, Prisma, User } from '../../../platform/database/generated/client.js';
import { hashToken } from '../../auth/opaque-token.js';
import { linkUsedUp } from './password-link.errors.js';

type Tx = Prisma.TransactionClient;

const HOUR_MS = 3_600_000;
export const INVITATION_DAYS = 7;
export const RESET_MINUTES = 60;
const LIFETIMES = { invitation: INVITATION_DAYS * 24 * HOUR_MS, reset: HOUR_MS };

/** What a link that still works opens: an account that exists, or one that somebody invites to. */
export type OpenLink = PasswordLink & { user: User | null; invitedBy: User | null };

/** The tokens of the links by which people set a password: made, found and used up. The database holds their hashes alone. */
@Injectable()
export class PasswordLinkTokens {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The columns of a new link. */
  issue(kind: keyof typeof LIFETIMES): Pick<PasswordLink, 'id' | 'tokenHash' | 'createdAt' | 'expiresAt'> {
    const id = randomUUID();
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + LIFETIMES[kind]);
    return { id, tokenHash: hashToken(this.tokenOf(id)), createdAt, expiresAt };
  }

  /** The address to open. The token stands behind the #: neither servers nor referrers ever see it. */
  urlOf(id: string): string {
    return publicUrl(this.config, `/dashboard/password#${this.tokenOf(id)}`);
  }

  /** What a token opens; uses nothing up, since scanners of mailboxes look at links too. Throws linkUsedUp. */
  async find(token: string): Promise<OpenLink> {
    const include = { user: true, invitedBy: true } as const;
    const link = await this.database.passwordLink.findFirst({ where: this.openBy(token), include });
    if (link === null) throw linkUsedUp();
    return link;
  }

  /** Uses a link up: of two who do so at the same time one gets linkUsedUp. */
  async take(tx: Tx, token: string): Promise<void> {
    const { count } = await tx.passwordLink.deleteMany({ where: this.openBy(token) });
    if (count === 0) throw linkUsedUp();
  }

  /** Which invitations still work: those of people who may still invite. */
  get openInvitations(): Prisma.PasswordLinkWhereInput {
    return { expiresAt: { gt: this.clock.now() }, invitedBy: { isActive: true, role: 'SUPER_ADMIN' } };
  }

  private openBy(token: string): Prisma.PasswordLinkWhereInput {
    const tokenHash = hashToken(token);
    const openReset = { expiresAt: { gt: this.clock.now() }, user: { isActive: true } };
    return { tokenHash, OR: [this.openInvitations, openReset] };
  }

  /** 256 bits that only this server can derive from a link's id, so that no queue has to hold them. */
  private tokenOf(id: string): string {
    return createHmac('sha256', this.config.secrets.encryption)
      .update(`password link:${id}`)
      .digest('base64url');
  }
}
