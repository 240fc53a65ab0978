import { lazy } from 'react';
import type { Ticket } from '../../data/api.js';
import { withWords } from '../../i18n/language.js';
import { Part } from '../../ui/part.js';

const Mark = lazy(async () => ({
  default: (await withWords(import('./unread.js'), 'unread')).UnreadMark,
}));

/** UnreadMark, which a page shows as soon as it has come. */
export function LazyUnreadMark({ ticket }: { readonly ticket: Ticket }) {
  return (
    <Part>
      <Mark ticket={ticket} />
    </Part>
  );
}
