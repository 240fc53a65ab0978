import type { Shape } from '../../../../client/rest/client.js';
import { asFailure } from '../../../../client/failure.js';
import type { Visitor } from '../../loader/chat-host.js';
import type { Desk } from './desk.js';
import type { Session } from '../data/session.js';
import { linkState } from '../data/link-state.js';

/** A donor token of the desk: a proof already, and none that could be traded. */
const OURS = 'cdt_';

/** A link to a conversation, in an email about it: it proves nothing. Earlier emails carried the id. */
const TICKET = /^(TKT-\d{8}-\d{5,}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/;

/** Somebody came by a link from a mail, or is now known to the page: proves it, and brings a guest's conversations along. */
export async function prove(
  desk: Desk,
  link: string | undefined,
  { guest, restart }: { readonly guest: Session; readonly restart: (visitor: Visitor) => void },
): Promise<void> {
  if (link && TICKET.test(link)) open(desk, link);
  else if (link) await resume(desk, link, restart);
  else await bringGuest(desk, guest);
}

/** Opens the conversation where this browser has it; elsewhere the donor sees how to find it. */
function open(desk: Desk, name: string): void {
  history.replaceState(history.state, '', location.pathname + location.search);
  const go = (): boolean => {
    const { tickets } = desk.state;
    const ticket = tickets?.find(({ id, number }) => id === name || number === name);
    if (ticket) desk.go({ name: 'ticket', ticketId: ticket.id });
    return tickets !== undefined;
  };
  if (go()) return;
  const stop = desk.subscribe(() => {
    if (desk.state.tickets === undefined) return;
    stop();
    go();
  });
}

/** The page's word is proof enough; whatever this guest had then belongs to the person whom the page names. */
async function bringGuest(desk: Desk, guest: Session): Promise<void> {
  const { session, api } = desk;
  const { token } = session.visitor;
  if (token === undefined || token.startsWith(OURS)) return;
  try {
    await api.rest.ask('POST', '/auth/donor', { body: { token, donorToken: guest.ownToken } });
    guest.handOver(session);
    await desk.refresh();
  } catch {
    // The guest keeps what is the guest's; the next page tries again.
  }
}

/**
 * The link leaves the address bar before anything else. Where it was asked for it signs in at once; anywhere else it may be
 * somebody else's, or it is a scanner that looks at the page, so a button asks first, and until then the link stays good.
 */
async function resume(desk: Desk, token: string, restart: (visitor: Visitor) => void): Promise<void> {
  history.replaceState(history.state, '', location.pathname + location.search);
  // What asks stands beside the list of conversations.
  desk.go({ name: 'home' });
  const { nonce } = linkState;
  const body = { token, ...(nonce !== undefined && { nonce }) };
  try {
    const link = await desk.api.rest.ask<Shape<'LinkCheckedResponse'>>('POST', '/auth/donor/link/check', {
      body,
    });
    const accept = () => void redeem(desk, body, { restart, again });
    const again = () => linkState.confirm({ email: link.email, accept });
    if (link.isYours) accept();
    else again();
  } catch {
    linkState.fail();
  }
}

interface After {
  readonly restart: (visitor: Visitor) => void;
  /** The server could not be reached: the link is still good. */
  readonly again: () => void;
}

/** What this guest has comes along only where the guest has asked for the link; the server compares both. */
async function redeem(desk: Desk, link: Shape<'CheckLinkDto'>, { restart, again }: After): Promise<void> {
  const { session, api } = desk;
  linkState.confirm(undefined);
  try {
    const donorToken = link.nonce === undefined ? undefined : session.token;
    const body = { ...link, ...(donorToken !== undefined && { donorToken }) };
    const answer = await api.rest.ask<Shape<'DonorSignedInResponse'>>('POST', '/auth/donor/resume', { body });
    linkState.asked = false;
    session.keep({ token: answer.donorToken, email: answer.donor.email ?? '', ticketId: undefined });
    // Where the page has said who is there, the mailbox is shown until the next page, and nothing of it is kept.
    restart(session.visitor.token ? { ...session.visitor, token: answer.donorToken } : session.visitor);
  } catch (error) {
    if (asFailure(error).code === 'UNAUTHORIZED') linkState.fail();
    else again();
  }
}
