/**
 * The order of one ticket's log, as pure functions: numbered events come in in any order, any number of
 * times, and go out exactly once, in order, without a gap. Knows no socket, clock or request.
 */

/** Anything with a place in a ticket's log; numbers start at 1. */
export interface Numbered {
  readonly seq: number;
}

/** How far one stream has got. */
export interface Sequence<E extends Numbered> {
  /** The newest event handed out; everything up to it was handed out too. */
  readonly last: number;
  /** The newest event known to exist. */
  readonly head: number;
  /** Events that came too early, by number. */
  readonly held: ReadonlyMap<number, E>;
}

/** What is ready to be applied, and the sequence after it. */
export interface Step<E extends Numbered> {
  readonly sequence: Sequence<E>;
  readonly ready: readonly E[];
}

/** Early events kept while a gap is fetched; what does not fit is fetched again. */
const HELD_LIMIT = 500;

/** A sequence whose owner has already applied everything up to `last`. */
export function startAt<E extends Numbered>(last: number): Sequence<E> {
  return { last, head: last, held: new Map() };
}

/** Whether events are known to exist that have not been handed out. */
export function isBehind(sequence: Sequence<Numbered>): boolean {
  return sequence.last < sequence.head;
}

/** Notes that the log reaches `seq`; older news changes nothing. */
export function sawHead<E extends Numbered>(sequence: Sequence<E>, seq: number): Sequence<E> {
  return seq > sequence.head ? { ...sequence, head: seq } : sequence;
}

/** Takes events in: the next in line becomes ready, known ones are dropped, early ones are held. */
export function receive<E extends Numbered>(
  sequence: Sequence<E>,
  events: readonly E[],
  heldLimit = HELD_LIMIT,
): Step<E> {
  const held = new Map(sequence.held);
  const ready: E[] = [];
  let { last, head } = sequence;
  for (const event of events) {
    head = Math.max(head, event.seq);
    if (event.seq > last + 1) hold(held, event, heldLimit);
    if (event.seq !== last + 1) continue;
    for (let next: E | undefined = event; next; next = held.get(last + 1)) {
      ready.push(next);
      last = next.seq;
      held.delete(last);
    }
  }
  return { sequence: { last, head, held }, ready };
}

/** Starts over after a snapshot that contains everything up to `last`; held events that follow it are kept. */
export function restartAt<E extends Numbered>(sequence: Sequence<E>, last: number): Step<E> {
  return receive(startAt<E>(last), [...sequence.held.values()]);
}

/** The events nearest to the gap are worth keeping, so the farthest one gives way. */
function hold<E extends Numbered>(held: Map<number, E>, event: E, limit: number): void {
  held.set(event.seq, event);
  if (held.size > limit) held.delete(Math.max(...held.keys()));
}
