import { Injectable } from '@nestjs/common';
import { DEFAULT_TEAM } from '../../../contract/ticket-fields.js';
import { Database } from '../../../platform/database/database.service.js';
import type { PasswordLink, Prisma } from '../../../platform/database/generated/client.js';
import { invalidField, notFound } from '../../../platform/http/errors/domain-error.js';
import { AuditLog } from '../../audit/audit-log.js';
import type { StaffActor } from '../../auth/actor.js';
import { storedEmail } from '../accounts/unique-fields.js';
import { taken } from '../accounts/user.errors.js';
import {
  toInvitation,
  type InvitationResponse,
  type InvitationWithLinkResponse,
  type InviteDto,
  type SendInvitationDto,
} from './invitation.dto.js';
import { invitedAlready } from './password-link.errors.js';
import { PasswordLinkMails } from './password-link-mails.service.js';
import { PasswordLinkTokens } from './password-link-tokens.service.js';

type Tx = Prisma.TransactionClient;
/** What an invitation offers, whichever link carries it. */
type Offer = Pick<PasswordLink, 'email' | 'name' | 'role' | 'team'>;

const WITH_INVITER = { invitedBy: { select: { name: true } } } as const;

/** Invitations of colleagues, as super admins make them. What is accepted or revoked is gone; the audit log remembers it. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly tokens: PasswordLinkTokens,
    private readonly mails: PasswordLinkMails,
    private readonly audit: AuditLog,
  ) {}

  /** All that nobody has accepted, newest first, those that are too old included. */
  async list(): Promise<InvitationResponse[]> {
    const rows = await this.database.passwordLink.findMany({
      where: { invitedById: { not: null } },
      include: WITH_INVITER,
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    });
    const open = await this.database.passwordLink.findMany({
      where: this.tokens.openInvitations,
      select: { id: true },
    });
    return rows.map((row) =>
      toInvitation(
        row,
        open.some(({ id }) => id === row.id),
      ),
    );
  }

  /** Throws 409 for an address that somebody has or that is invited already; 429 and 503 where it cannot be mailed. */
  async invite(actor: StaffActor, { email: typed, ...body }: InviteDto): Promise<InvitationWithLinkResponse> {
    const { name = null, role = 'ADMIN', team = DEFAULT_TEAM } = body;
    const offer = { email: storedEmail(typed) ?? null, name, role, team };
    return this.database.$transaction(async (tx) => {
      const { email } = offer;
      if (
        email !== null &&
        (await tx.passwordLink.count({ where: { email, invitedById: { not: null } } })) > 0
      )
        throw invitedAlready();
      return this.send(tx, actor, 'user.invited', { ...offer, ...body });
    });
  }

  /** Replaces the link: the one before no longer works. Throws 404 for no invitation, else as `invite`. */
  async renew(actor: StaffActor, id: string, body: SendInvitationDto): Promise<InvitationWithLinkResponse> {
    return this.database.$transaction(async (tx) => {
      const offer = await this.remove(tx, id);
      return this.send(tx, actor, 'user.invitation_renewed', { ...offer, ...body });
    });
  }

  /** Throws 404 for no invitation, also for one that was accepted. */
  async revoke(actor: StaffActor, id: string): Promise<void> {
    await this.database.$transaction(async (tx) => {
      const offer = await this.remove(tx, id);
      await this.record(tx, actor, 'user.invitation_revoked', { ...offer, id });
    });
  }

  private async send(
    tx: Tx,
    actor: StaffActor,
    action: 'user.invited' | 'user.invitation_renewed',
    { by, locale, ...wanted }: Offer & SendInvitationDto,
  ): Promise<InvitationWithLinkResponse> {
    const { email, name, role, team } = wanted;
    const mailed = by === 'email';
    if (mailed && email === null)
      throw invalidField('email', 'Enter the address that the invitation goes to.');
    if (email !== null && (await tx.user.count({ where: { email } })) > 0) throw taken('email');
    if (mailed && email !== null) await this.mails.countInvitation(tx, email);
    const row = await tx.passwordLink.create({
      data: {
        ...this.tokens.issue('invitation'),
        ...{ email, name, role, team },
        invitedById: actor.id,
        mail: mailed ? 'queued' : null,
      },
      include: WITH_INVITER,
    });
    await this.record(tx, actor, action, row);
    if (mailed) await this.mails.queue(tx, { linkId: row.id, locale });
    return { ...toInvitation(row, true), link: mailed ? null : this.tokens.urlOf(row.id) };
  }

  /** Takes an invitation away; of two who do so at the same time one gets 404. */
  private async remove(tx: Tx, id: string): Promise<Offer> {
    const where = { id, invitedById: { not: null } };
    const offer = await tx.passwordLink.findFirst({ where });
    const { count } = await tx.passwordLink.deleteMany({ where });
    if (offer === null || count === 0) throw notFound('Invitation');
    return offer;
  }

  private async record(
    tx: Tx,
    actor: StaffActor,
    action: 'user.invited' | 'user.invitation_renewed' | 'user.invitation_revoked',
    { id, email, role, team }: Offer & { id: string },
  ): Promise<void> {
    const data = { email, role, team };
    await this.audit.record({ action, actor, subject: `invitation:${id}`, data }, tx);
  }
}
