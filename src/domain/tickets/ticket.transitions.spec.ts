import { describe, expect, test } from '@jest/globals';
import { OPEN_STATUSES, TICKET_STATUSES, type TicketStatus } from '../../contract/ticket-status.js';
import { canMove, ENDING_STATUSES, TRANSITIONS } from './ticket.transitions.js';

/** Every status that can be reached from one, itself included. */
function reachableFrom(start: TicketStatus): Set<TicketStatus> {
  const seen = new Set<TicketStatus>([start]);
  for (const status of seen) for (const next of TRANSITIONS[status]) seen.add(next);
  return seen;
}

describe('the table of transitions', () => {
  test('knows every status, and no other', () => {
    expect(Object.keys(TRANSITIONS).sort()).toEqual([...TICKET_STATUSES].sort());
    for (const targets of Object.values(TRANSITIONS)) {
      expect(new Set(targets).size).toBe(targets.length);
      for (const target of targets) expect(TICKET_STATUSES).toContain(target);
    }
  });

  test('leads from new to every status', () => {
    expect([...reachableFrom('new')].sort()).toEqual([...TICKET_STATUSES].sort());
  });

  test('leaves no ticket stuck: each can be resolved and closed from anywhere', () => {
    for (const status of TICKET_STATUSES) {
      expect(reachableFrom(status)).toContain('resolved');
      expect(reachableFrom(status)).toContain('closed');
    }
  });

  test('lets ended tickets come back as pending, or as new when nobody owns them', () => {
    expect([...ENDING_STATUSES, ...OPEN_STATUSES].sort()).toEqual([...TICKET_STATUSES].sort());
    for (const ended of ENDING_STATUSES) {
      expect(TRANSITIONS[ended].filter((to) => !ENDING_STATUSES.has(to))).toEqual(['pending', 'new']);
    }
  });

  test('is what canMove answers from', () => {
    for (const from of TICKET_STATUSES) {
      for (const to of TICKET_STATUSES) expect(canMove(from, to)).toBe(TRANSITIONS[from].includes(to));
    }
  });
});
