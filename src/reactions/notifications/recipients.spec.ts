import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TICKET_EVENT_TYPES } from '../../contract/events/event-types.js';
import type { DurableEvent } from '../../domain/event-log/durable-reactions.js';
import {
  NOTIFICATION_KINDS,
  RECIPIENTS,
  recipientsAsMarkdown,
  recipientsOf,
  type TicketFacts,
} from './recipients.js';

const OWNED: TicketFacts = { adminId: 7, team: [7, 8, 9] };
const UNOWNED: TicketFacts = { adminId: null, team: [7, 8, 9] };

/** Of the event's data only what the rules look at. */
type Happened = Partial<Omit<DurableEvent, 'data'>> & { data?: object };

function event(facts: Happened): DurableEvent {
  return {
    ticketId: 't1',
    seq: 3,
    type: 'message.posted',
    actorType: 'donor',
    actorId: 'donor-1',
    messageId: null,
    callId: null,
    data: {},
    ...facts,
  } as DurableEvent;
}
const staff = (id: number, facts: Happened) => event({ actorType: 'admin', actorId: String(id), ...facts });
const told = (happened: DurableEvent, ticket: TicketFacts) =>
  recipientsOf(happened, ticket).map(({ rule, person }) => [rule.kind, person]);

describe('who is notified', () => {
  it.each<[string, DurableEvent, TicketFacts, [string, number | 'donor'][]]>([
    [
      'a new ticket: the team',
      event({ type: 'ticket.created' }),
      UNOWNED,
      [
        ['new_ticket', 7],
        ['new_ticket', 8],
        ['new_ticket', 9],
      ],
    ],
    [
      'a ticket that staff opened: the team but them',
      staff(8, { type: 'ticket.created' }),
      UNOWNED,
      [
        ['new_ticket', 7],
        ['new_ticket', 9],
      ],
    ],
    [
      'given to a colleague: the colleague',
      staff(8, { type: 'ticket.assigned', data: { from: null, to: 7 } }),
      OWNED,
      [['assigned', 7]],
    ],
    [
      'accepted by oneself: nobody',
      staff(7, { type: 'ticket.assigned', data: { from: null, to: 7 } }),
      OWNED,
      [],
    ],
    [
      'transferred: the target',
      staff(8, { type: 'ticket.transferred', data: { fromAdminId: 8, toAdminId: 7 } }),
      OWNED,
      [['transferred', 7]],
    ],
    ['the donor writes: the owner', event({}), OWNED, [['donor_message', 7]]],
    [
      'the donor writes, nobody owns it: the team',
      event({}),
      UNOWNED,
      [
        ['donor_message', 7],
        ['donor_message', 8],
        ['donor_message', 9],
      ],
    ],
    ['staff answer: the donor', staff(7, {}), OWNED, [['staff_reply', 'donor']]],
    ['the desk says something itself: nobody', event({ actorType: 'system', actorId: null }), OWNED, []],
    ['a call is asked for: the owner', event({ type: 'call.requested' }), OWNED, [['call_requested', 7]]],
    [
      'nobody took the call: the owner',
      event({ type: 'call.expired', actorType: 'system' }),
      OWNED,
      [['call_missed', 7]],
    ],
    [
      'nobody took the call of a ticket that nobody owns: the team',
      event({ type: 'call.expired', actorType: 'system' }),
      UNOWNED,
      [
        ['call_missed', 7],
        ['call_missed', 8],
        ['call_missed', 9],
      ],
    ],
    [
      'the donor asks for a callback: the owner',
      event({ type: 'ticket.updated', data: { changes: { callbackDueAt: '2026-11-20T10:30:00.000Z' } } }),
      OWNED,
      [['callback_wanted', 7]],
    ],
    [
      'the donor wants no callback any more: nobody',
      event({ type: 'ticket.updated', data: { changes: { callbackDueAt: null } } }),
      OWNED,
      [],
    ],
    [
      'staff plan a callback: nobody',
      staff(7, { type: 'ticket.updated', data: { changes: { callbackDueAt: '2026-11-20T10:30:00.000Z' } } }),
      OWNED,
      [],
    ],
    [
      'staff accept a call: the donor',
      staff(7, { type: 'call.accepted' }),
      OWNED,
      [['call_accepted', 'donor']],
    ],
    [
      'staff decline a call: the donor',
      staff(7, { type: 'call.rejected' }),
      OWNED,
      [['call_declined', 'donor']],
    ],
    ['staff call: the donor', staff(7, { type: 'call.started' }), OWNED, [['call_started', 'donor']]],
    ['the donor calls: nobody by this', event({ type: 'call.started' }), OWNED, []],
    [
      'resolved by staff: the donor',
      staff(7, { type: 'ticket.status_changed', data: { to: 'resolved' } }),
      OWNED,
      [['resolved', 'donor']],
    ],
    [
      'resolved by the donor: nobody',
      event({ type: 'ticket.status_changed', data: { to: 'resolved' } }),
      OWNED,
      [],
    ],
    [
      'closed by staff: the donor',
      staff(7, { type: 'ticket.status_changed', data: { to: 'closed' } }),
      OWNED,
      [['closed', 'donor']],
    ],
    [
      'a status in between: nobody',
      staff(7, { type: 'ticket.status_changed', data: { to: 'pending' } }),
      OWNED,
      [],
    ],
    ['a reminder: the donor', staff(7, { type: 'ticket.reminded' }), OWNED, [['reminder', 'donor']]],
  ])('%s', (_title, happened, ticket, expected) => {
    expect(told(happened, ticket)).toEqual(expected);
  });

  it('is never the person who did it, whatever happens', () => {
    for (const type of TICKET_EVENT_TYPES) {
      const data = { to: 7, toAdminId: 7, changes: {} };
      expect(told(staff(7, { type, data }), { adminId: 7, team: [7] }).map(([, who]) => who)).not.toContain(
        7,
      );
      expect(told(event({ type, data }), OWNED).map(([, who]) => who)).not.toContain('donor');
    }
  });
});

it('each kind has one rule, and staff can switch off all that is theirs', () => {
  expect(RECIPIENTS.map(({ kind }) => kind).sort()).toEqual([...NOTIFICATION_KINDS].sort());
  for (const { who, group } of RECIPIENTS) expect(group === null).toBe(who === 'donor');
});

it('docs/notifications.md shows the table as it is', () => {
  const page = readFileSync(new URL('../../../docs/notifications.md', import.meta.url), 'utf8');
  // Prettier pads the columns.
  const squeezed = (text: string) => text.replaceAll(' ', '').replace(/-+/g, '-');
  expect(squeezed(page)).toContain(squeezed(recipientsAsMarkdown()));
});
