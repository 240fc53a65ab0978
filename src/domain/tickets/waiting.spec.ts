import { describe, expect, test } from '@jest/globals';
import type { TicketStatus } from '../../contract/ticket-status.js';
import type { NewMessage } from '../event-log/rows.js';
import type { TicketEventDraft } from '../event-log/ticket-event.js';
import { waitingAfter } from './waiting.js';

const EARLIER = new Date('2035-06-01T10:00:00Z');
const NOW = new Date('2035-06-01T12:00:00Z');

function message(
  senderType: 'donor' | 'admin' | 'system',
  messageType: 'text' | 'note' | 'system' = 'text',
): TicketEventDraft {
  const words = { id: 'm', senderId: 'x', senderName: null, content: 'Hello', clientMessageId: null };
  const posted: NewMessage = { ...words, senderType, messageType, channel: 'api' };
  return { type: 'message.posted', public: messageType !== 'note', data: { message: posted } };
}

const moved = (from: TicketStatus, to: TicketStatus): TicketEventDraft => ({
  ...{ type: 'ticket.status_changed', public: true, data: { from, to } },
});
const call = { requestId: 'r', mode: 'audio' } as const;
const requested: TicketEventDraft = {
  ...{ type: 'call.requested', public: true, data: { ...call, message: null, expiresAt: '' } },
};
const accepted: TicketEventDraft = { type: 'call.accepted', public: true, data: call };
const cancelled: TicketEventDraft = { type: 'call.cancelled', public: true, data: call };
const callback = (callbackDueAt: string | null): TicketEventDraft => ({
  ...{ type: 'ticket.updated', public: true, data: { changes: { callbackDueAt } } },
});

/** The statuses that a ticket goes through, what happens, and since when the donor waits then. */
type Case = [string, TicketStatus, Date | null, TicketEventDraft[], Date | null];

describe('since when the donor waits', () => {
  const cases: Case[] = [
    ['a donor’s message, where nobody waited', 'active_call', null, [message('donor')], NOW],
    ['a donor’s message keeps the oldest', 'pending', EARLIER, [message('donor')], EARLIER],
    [
      'a donor’s answer',
      'waiting_for_donor',
      null,
      [message('donor'), moved('waiting_for_donor', 'pending')],
      NOW,
    ],
    ['a reply', 'pending', EARLIER, [message('admin'), moved('pending', 'waiting_for_donor')], null],
    ['a reply that changes no status', 'transferred', EARLIER, [message('admin')], null],
    ['a note', 'pending', EARLIER, [message('admin', 'note')], EARLIER],
    ['a line of the server', 'pending', EARLIER, [message('system', 'system')], EARLIER],
    [
      'waiting for the donor, chosen by staff',
      'pending',
      EARLIER,
      [moved('pending', 'waiting_for_donor')],
      null,
    ],
    ['resolving', 'pending', EARLIER, [moved('pending', 'resolved')], null],
    ['closing', 'new', EARLIER, [moved('new', 'closed')], null],
    ['cancelling', 'new', EARLIER, [moved('new', 'cancelled')], null],
    ['reopening', 'closed', null, [moved('closed', 'pending')], NOW],
    ['reopening without an owner', 'resolved', null, [message('donor'), moved('resolved', 'new')], NOW],
    ['a step taken back by staff', 'waiting_for_donor', null, [moved('waiting_for_donor', 'pending')], NOW],
    ['assigning', 'new', EARLIER, [moved('new', 'pending')], EARLIER],
    ['a transfer', 'pending', EARLIER, [moved('pending', 'transferred')], EARLIER],
    [
      'a transfer while nobody waits',
      'waiting_for_donor',
      null,
      [moved('waiting_for_donor', 'transferred')],
      null,
    ],
    ['a call request', 'waiting_for_donor', null, [requested], NOW],
    ['a call request of somebody who waits', 'new', EARLIER, [requested], EARLIER],
    ['answering a call request', 'pending', EARLIER, [accepted, moved('pending', 'active_call')], null],
    ['a call request that the donor takes back', 'waiting_for_donor', EARLIER, [cancelled], null],
    ['taking one back beside an open question', 'pending', EARLIER, [cancelled], EARLIER],
    ['a wish to be called back', 'waiting_for_donor', null, [callback('2035-06-01T13:00:00Z')], NOW],
    ['a callback that is settled', 'waiting_for_donor', EARLIER, [callback(null)], null],
    ['a callback that is settled beside an open question', 'pending', EARLIER, [callback(null)], EARLIER],
    ['a message as it ends', 'pending', null, [moved('pending', 'resolved'), message('donor')], null],
    [
      'other events',
      'pending',
      EARLIER,
      [{ type: 'ticket.rated', public: true, data: { rating: 5, comment: null } }],
      EARLIER,
    ],
  ];
  test.each(cases)('after %s', (_what, status, waitingSince, drafts, expected) => {
    expect(waitingAfter({ status, waitingSince }, drafts, NOW)).toEqual(expected);
  });
});
