import { Prisma } from '../../../platform/database/generated/client.js';

type Tx = Prisma.TransactionClient;

/** How long the job may take until a link is worth nothing: nobody waits for it any more. */
const QUEUED = '1 hour';

export interface NewLink {
  id: string;
  mailbox: string;
  tokenHash: Uint8Array<ArrayBuffer>;
  nonceHash: Uint8Array<ArrayBuffer> | null;
  /** The guest's session of the browser that asks. */
  guestId: string | null;
  /** The language of that browser. */
  locale: string | null;
}

/** Notes a link to be sent, unless its address has had `limit` a day since it last used one. One at a time for an address. */
export async function reserveLink(
  tx: Tx,
  { id, mailbox, tokenHash, nonceHash, guestId, locale }: NewLink,
  limit: number,
): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('donor link ' || ${mailbox}, 0))`;
  const inserted = await tx.$executeRaw`
    INSERT INTO donor_links (id, mailbox, token_hash, expires_at, nonce_hash, guest_id, locale)
    SELECT ${id}::uuid, ${mailbox}, ${tokenHash}, now() + ${QUEUED}::interval, ${nonceHash}, ${guestId}::uuid, ${locale}
     WHERE (SELECT count(*) FROM donor_links
             WHERE mailbox = ${mailbox} AND created_at > now() - interval '1 day'
               AND created_at > coalesce((SELECT max(used_at) FROM donor_links WHERE mailbox = ${mailbox}), '-infinity')
           ) < ${limit}::int`;
  return inserted === 1;
}

/** Where a link goes, and the language that its reader uses, as far as it is known. */
export interface StartedLink {
  mailbox: string;
  locale: string | null;
}

/** Starts the time in which a link works, and answers where it goes; nothing when it is used, too old, or opens nothing. */
export async function startLink(tx: Tx, id: string, minutes: number): Promise<StartedLink | undefined> {
  const [link] = await tx.$queryRaw<StartedLink[]>`
    UPDATE donor_links SET expires_at = now() + ${minutes}::int * interval '1 minute'
     WHERE id = ${id}::uuid AND used_at IS NULL AND expires_at > now()
       AND EXISTS (SELECT 1 FROM tickets t WHERE lower(t.donor_email COLLATE "C") = donor_links.mailbox COLLATE "C"
                                              AND NOT t.donor_email_corrected
                                              AND (t.owner_key IS NULL OR lower(t.proven_email COLLATE "C") = donor_links.mailbox COLLATE "C"))
    RETURNING mailbox, coalesce(locale, (SELECT d.locale FROM donors d WHERE d.owner_key = 'mail:' || donor_links.mailbox)) AS locale`;
  return link;
}

/** Links are kept for as long as they count. */
export async function forgetLinks(tx: Tx): Promise<void> {
  await tx.$executeRaw`DELETE FROM donor_links WHERE created_at < now() - interval '2 days'`;
}

/** What a link that still works proves, and whether the browser that shows `nonceHash` has asked for it. */
export interface OpenLink {
  mailbox: string;
  isYours: boolean;
  guestId: string | null;
  locale: string | null;
}

const openLink = (nonceHash: Uint8Array<ArrayBuffer> | null): Prisma.Sql =>
  Prisma.sql`mailbox, coalesce(nonce_hash = ${nonceHash}, false) AS "isYours", guest_id AS "guestId", locale`;

export async function findLink(
  tx: Tx,
  tokenHash: Uint8Array<ArrayBuffer>,
  nonceHash: Uint8Array<ArrayBuffer> | null,
): Promise<OpenLink | undefined> {
  const [link] = await tx.$queryRaw<OpenLink[]>`
    SELECT ${openLink(nonceHash)} FROM donor_links
     WHERE token_hash = ${tokenHash} AND used_at IS NULL AND expires_at > now()`;
  return link;
}

/** The same, once. */
export async function useLink(
  tx: Tx,
  tokenHash: Uint8Array<ArrayBuffer>,
  nonceHash: Uint8Array<ArrayBuffer> | null,
): Promise<OpenLink | undefined> {
  const [link] = await tx.$queryRaw<OpenLink[]>`
    UPDATE donor_links SET used_at = now()
     WHERE token_hash = ${tokenHash} AND used_at IS NULL AND expires_at > now()
    RETURNING ${openLink(nonceHash)}`;
  return link;
}
