import type { OutboxEntry } from '../../../../client/live/outbox-store.js';
import { dayOf, timeOf } from '../../words.js';
import type { Entry, Thread } from '../data/thread.js';

interface Line {
  /** A line between days, or the one above what is new; else there is an entry. */
  readonly day?: string;
  readonly isNew?: boolean;
  readonly entry?: Entry;
  /** The first of several by the same person. */
  readonly first?: boolean;
  /** Of several within a minute the last one tells the time. */
  readonly timed?: boolean;
}

const authorOf = (entry: Entry): string =>
  entry.kind === 'notice' ? '' : entry.own ? 'own' : entry.author.name;

/** The first message of staff behind this place, which is 0 where nothing was read before. */
export function firstNew({ entries }: Thread, after: number): string | undefined {
  return entries.find((entry) => entry.kind === 'message' && !entry.own && after > 0 && entry.seq > after)
    ?.id;
}

/** Entries with a line between days and above the one that is `newId`. */
export function lines(
  { entries, createdAt }: Thread,
  outbox: readonly OutboxEntry[],
  newId?: string,
): readonly Line[] {
  let day = dayOf(createdAt);
  const all: Line[] = [];
  for (const [index, entry] of entries.entries()) {
    const today = dayOf(entry.at);
    if (today !== day) all.push({ day: (day = today) });
    if (entry.id === newId) all.push({ isNew: true });
    const author = authorOf(entry);
    const before = entries[index - 1];
    const next = entries[index + 1];
    all.push({
      entry,
      first: !before || authorOf(before) !== author || !all.at(-1)?.entry,
      timed:
        !next || authorOf(next) !== author || next.id === newId || minuteOf(next.at) !== minuteOf(entry.at),
    });
  }
  const next = outbox[0] && dayOf(outbox[0].createdAt);
  if (next && next !== day) all.push({ day: next });
  return all;
}

const minuteOf = (at: string): string => dayOf(at) + timeOf(at);
