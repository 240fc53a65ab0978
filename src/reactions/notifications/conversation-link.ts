import { publicUrl, type PublicDesk } from '../../platform/config/public-address.js';
import { speaksForMailbox } from '../../domain/ticket-mail/speaks-for-mailbox.js';
import type { OwnerFacts } from '../../domain/auth/owner-key.js';
import type { Notice } from './delivery.js';

/** A path of a site, with no room for a message: a few short names without blanks or other encoded characters. */
const SHORT_PATH = /^(?:\/[\w.~-]{0,30}){1,5}$/;

/**
 * Where the donor reads on: the page they asked from, whose browser knows them, when it is on an allowed site; else our
 * own page for conversations. The page is what anybody may have claimed, so nothing of it but the path of a listed origin
 * gets into a mail, and a path that could hold a message only into that of the mailbox's own reader. The ticket's number stands behind the #: it opens the conversation where the donor is known, and nothing
 * else. Its id would be a key, and anybody may have typed the address that the mail goes to.
 */
export function conversationLink(
  desk: PublicDesk & { origins: readonly string[] },
  ticket: Pick<Notice['ticket'], 'number' | 'context'> & OwnerFacts,
): string {
  const { page } = (ticket.context ?? {}) as { page?: unknown };
  const asked = typeof page === 'string' && URL.canParse(page) ? new URL(page) : undefined;
  const isOurs = asked !== undefined && desk.origins.includes(asked.origin);
  const place = isOurs ? asked.origin + pathOf(asked, ticket) : publicUrl(desk, '/conversations');
  return `${place}#concierge=${ticket.number}`;
}

function pathOf({ pathname }: URL, ticket: OwnerFacts): string {
  return SHORT_PATH.test(pathname) || speaksForMailbox(ticket) ? pathname : '/';
}
