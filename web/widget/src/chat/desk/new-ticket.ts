import { cutText, writtenText } from '../../../../../src/contract/text.js';
import type { Mode, NewTicket } from '../data/donor-api.js';
import { newDonorId, type Session } from '../data/session.js';

/** What somebody typed into the form; kept while the page lives. */
export interface Draft {
  name: string;
  email: string;
  category: string;
  message: string;
  phone: string;
  mode: Mode;
}

/** What is in the form, as the server takes it. */
export function newTicket(draft: Draft, session: Session, locale: string): NewTicket {
  const name = writtenText(draft.name);
  const message = writtenText(draft.message);
  return {
    // A guest with a token is known by it; the first ticket makes the guest.
    ...(session.token === undefined && { donorId: session.donorId ?? makeGuest(session) }),
    channel: 'widget',
    donorEmail: draft.email.trim(),
    ...(name && { donorName: name }),
    ...(draft.category && { category: draft.category }),
    ...(message && { description: message }),
    ...wishOf(draft),
    context: {
      // Only where it is: what stands behind ? may be anybody's secret.
      page: cutText(location.origin + location.pathname, 1_000),
      title: cutText(document.title, 200),
      locale,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  };
}

/** How they wish to talk, where it is not in writing. */
function wishOf({ mode, phone }: Draft): NewTicket {
  if (mode === 'callback') return { callback: { phone: phone.trim() || null } };
  return mode === 'text' ? {} : { callType: mode };
}

/** Remembered before the answer comes, so that a retry after a lost one is the same guest. */
function makeGuest(session: Session): string {
  const donorId = newDonorId();
  session.keep({ donorId });
  return donorId;
}
