import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isBehind, receive, restartAt, sawHead, startAt, type Numbered, type Sequence } from './sequence.js';

const numbered = (seqs: readonly number[]): Numbered[] => seqs.map((seq) => ({ seq }));
const upTo = (last: number, from = 1): number[] =>
  Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => from + i);

/** What can reach a client: a batch of live events, in any order and number, or an answer to its catch-up. */
type Arrival = { live: number[] } | { catchUp: number };

function arrivals(length: number): fc.Arbitrary<Arrival[]> {
  const live = fc
    .array(fc.integer({ min: 1, max: length }), { maxLength: 12 })
    .map((seqs) => ({ live: seqs }));
  const catchUp = fc.integer({ min: 1, max: length }).map((page) => ({ catchUp: page }));
  return fc.array(fc.oneof({ weight: 4, arbitrary: live }, { weight: 1, arbitrary: catchUp }), {
    maxLength: 60,
  });
}

/** Plays arrivals against a log of `length` events, then catches up to its end, and answers what was handed out. */
function play(length: number, script: readonly Arrival[], heldLimit: number): number[] {
  let sequence: Sequence<Numbered> = startAt(0);
  const shown: number[] = [];
  const take = (seqs: readonly number[]) => {
    const step = receive(sequence, numbered(seqs), heldLimit);
    sequence = step.sequence;
    shown.push(...step.ready.map((event) => event.seq));
    expect(sequence.held.size).toBeLessThanOrEqual(heldLimit);
  };
  const fetchPage = (page: number) => take(upTo(Math.min(length, sequence.last + page), sequence.last + 1));
  for (const arrival of script) {
    if ('live' in arrival) take(arrival.live);
    else fetchPage(arrival.catchUp);
  }
  sequence = sawHead(sequence, length);
  while (isBehind(sequence)) fetchPage(7);
  expect(sequence).toEqual(startAt(length));
  return shown;
}

describe('sequence', () => {
  it('hands out exactly the log, in order, whatever is dropped, repeated, late or out of order', () => {
    const script = fc
      .integer({ min: 1, max: 60 })
      .chain((length) => fc.tuple(fc.constant(length), arrivals(length)));
    fc.assert(
      fc.property(script, fc.integer({ min: 1, max: 20 }), ([length, steps], heldLimit) => {
        expect(play(length, steps, heldLimit)).toEqual(upTo(length));
      }),
      { numRuns: 500 },
    );
  });

  it('knows it is behind whenever an event it has heard of is missing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 })), (seqs) => {
        const { sequence } = receive(startAt<Numbered>(0), numbered(seqs), 3);
        expect(sequence.head).toBe(Math.max(0, ...seqs));
        expect(isBehind(sequence)).toBe(sequence.last < sequence.head);
      }),
    );
  });

  it('never changes the sequence it was given', () => {
    const before = receive(startAt<Numbered>(0), numbered([3])).sequence;
    receive(before, numbered([1, 2]));
    expect(before).toEqual({ last: 0, head: 3, held: new Map([[3, { seq: 3 }]]) });
  });

  it('keeps the events nearest to the gap when too many are early', () => {
    const { sequence } = receive(startAt<Numbered>(0), numbered([9, 3, 7, 4]), 2);
    expect([...sequence.held.keys()].sort()).toEqual([3, 4]);
    expect(sequence.head).toBe(9);
  });

  it('goes on after a snapshot with what was held beyond it', () => {
    const held = receive(startAt<Numbered>(2), numbered([7, 11, 10])).sequence;
    const { sequence, ready } = restartAt(held, 9);
    expect(ready.map((event) => event.seq)).toEqual([10, 11]);
    expect(isBehind(sequence)).toBe(false);
  });

  it('ignores old news about the head', () => {
    expect(sawHead(startAt(5), 4)).toEqual(startAt(5));
  });
});
