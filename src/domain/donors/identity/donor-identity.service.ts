import { Injectable } from '@nestjs/common';
import type { DelegatedRole } from '../../../contract/roles.js';
import { Database } from '../../../platform/database/database.service.js';
import type { Prisma } from '../../../platform/database/generated/client.js';
import { AuditLog } from '../../audit/audit-log.js';
import { ActorResolver } from '../../auth/actor-resolver.js';
import { firstExpiry } from '../sessions/donor-session-life.js';
import { DONOR_TOKEN } from '../sessions/donor-token.js';
import { mailboxKey } from '../../auth/owner-key.js';
import { DonorSessionsService } from '../sessions/donor-sessions.service.js';
import { GuestUpgrade } from './guest-upgrade.service.js';
import type {
  CheckLinkDto,
  DonorSignedInResponse,
  LinkCheckedResponse,
  ResumeDto,
  VerifiedDonorResponse,
} from './identity.dto.js';
import { delegatedTokenMissing, linkUsedUp, notADonor } from './identity.errors.js';
import { MagicLinks } from './magic-links.service.js';

type Way = 'delegated token' | 'link by mail';

interface SigningIn extends VerifiedDonorResponse {
  donorRole: DelegatedRole | null;
  /** Where the proof says which language they use. */
  locale: string | null;
}

/** Makes verified donor sessions out of proofs. */
@Injectable()
export class DonorIdentity {
  constructor(
    private readonly database: Database,
    private readonly resolver: ActorResolver,
    private readonly sessions: DonorSessionsService,
    private readonly links: MagicLinks,
    private readonly upgrade: GuestUpgrade,
    private readonly audit: AuditLog,
  ) {}

  /** Starts a session that a trusted backend vouches for. Our own donor tokens are no proof: they would renew themselves forever. */
  async exchange(token: string | undefined, guestToken: string | undefined): Promise<DonorSignedInResponse> {
    if (token === undefined || DONOR_TOKEN.test(token)) throw delegatedTokenMissing();
    const actor = await this.resolver.fromBearerAfresh(token);
    if (actor.kind !== 'donor' || actor.ownerKey === null) throw notADonor();
    const { donorId, email, name, ownerKey } = actor;
    const donorRole = actor.delegated?.role ?? null;
    const { signedIn, donorUuid } = await this.database.$transaction((tx) =>
      this.signIn(tx, { donorId, email, name, donorRole, locale: null }, ownerKey, 'delegated token'),
    );
    const identity = { donorUuid, ownerKey, provenEmail: email, provenName: name, donorRole };
    await this.upgrade.attach(guestToken, identity);
    return signedIn;
  }

  /** Who a link would sign in. Throws linkUsedUp. */
  async check({ token, nonce }: CheckLinkDto): Promise<LinkCheckedResponse> {
    const link = await this.links.check(token, nonce);
    if (link === undefined) throw linkUsedUp();
    return { email: link.mailbox, isYours: link.isYours };
  }

  /**
   * Anyone who has the link reads the mailbox. The link is used up and the session made together, or neither. A guest's tickets
   * come along only where the link was asked for, by that guest: a link that somebody else sends collects nothing.
   */
  async resume({ token, nonce, donorToken }: ResumeDto): Promise<DonorSignedInResponse> {
    const { signedIn, donorUuid, ownerKey, link } = await this.database.$transaction(async (tx) => {
      const used = await this.links.useUp(tx, token, nonce);
      if (used === undefined) throw linkUsedUp();
      const donor = { donorId: used.mailbox, email: used.mailbox, name: null, donorRole: null };
      const key = mailboxKey(used.mailbox);
      // Anybody can ask for a link to any mailbox: only the language of its reader counts.
      const locale = used.isYours ? used.locale : null;
      const signedIn = await this.signIn(tx, { ...donor, locale }, key, 'link by mail');
      return { ...signedIn, ownerKey: key, link: used };
    });
    const identity = { donorUuid, ownerKey, provenEmail: link.mailbox, provenName: null, donorRole: null };
    if (link.isYours && link.guestId !== null) await this.upgrade.attach(donorToken, identity, link.guestId);
    return signedIn;
  }

  private async signIn(
    tx: Prisma.TransactionClient,
    { donorRole, locale, ...donor }: SigningIn,
    ownerKey: string,
    way: Way,
  ): Promise<{ signedIn: DonorSignedInResponse; donorUuid: string }> {
    const expiresAt = firstExpiry({ isVerified: true });
    const proof = { ownerKey, donorRole, verifiedAt: new Date(), expiresAt };
    const { sessionId, donorUuid, token } = await this.sessions.issue({ ...donor, ...proof, locale }, tx);
    const actor = { kind: 'donor', key: `d:${sessionId}` } as const;
    await this.audit.record({ action: 'donor.verified', actor, subject: ownerKey, data: { way } }, tx);
    return { signedIn: { donorToken: token, expiresAt: expiresAt.toISOString(), donor }, donorUuid };
  }
}
