import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket, createTicketIn } from '../factories/ticket.factory.js';
import { ok, TEXT, TIME, UUID } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { eventTypes, expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

/** The fields of a ticket that the Ticket System API documents; there are more. */
function ticketOf(fields: Record<string, unknown>) {
  return {
    id: UUID,
    donorId: TEXT,
    donorEmail: TEXT,
    description: TEXT,
    callRequested: true,
    callType: 'video',
    status: 'new',
    adminId: null,
    activeCallId: UUID,
    createdAt: TIME,
    updatedAt: TIME,
    ...fields,
  };
}

const CALLING = { description: 'I need help with my account', callType: 'video' };
const cast = () => ({ owner: desk.admin, heirId: desk.colleague.id });
/** Words that no donor may read in an answer. */
const STAFF_ONLY = /adminToken|helpfulNotes|"tags"|priority|username|relatedSkills|summary|@staff\.test/;

describe('POST /tickets', () => {
  test('answers 201 with the ticket and its call, and writes both with their events', async () => {
    const ticket = await createTicket(desk.server, CALLING);
    expect(ticket.created).toMatchObject(
      ticketOf({
        donorId: ticket.donorId,
        donorEmail: `${ticket.donorId}@example.org`,
        description: CALLING.description,
        call: { id: ticket.created.activeCallId, dailyRoomUrl: TEXT, status: 'active', userToken: TEXT },
      }),
    );
    expect(ticket.created).toMatchObject({ number: expect.stringMatching(/^TKT-\d{8}-\d{5,}$/), seq: 3 });
    expect(ticket.created).toMatchObject({ donorToken: expect.stringMatching(/^cdt_[\w-]{43}$/) });
    expect(ticket.created).not.toHaveProperty('callPending');
    expect(JSON.stringify(ticket.created)).not.toMatch(STAFF_ONLY);
    const rows = await rowsOf(desk.db, ticket.id);
    expect(rows!.ticket).toMatchObject({
      status: 'new',
      call_requested: true,
      call_type: 'video',
      version: 1,
    });
    expect(rows!.calls).toEqual([
      expect.objectContaining({
        id: ticket.created.activeCallId,
        status: 'active',
        initiated_by: 'donor',
        call_type: 'video',
        ended_at: null,
      }),
    ]);
    expect(rows!.calls[0]!.user_token).not.toContain(ticket.created.call.userToken);
    expect(rows!.events.map(({ type, public_seq }) => [type, public_seq])).toEqual([
      ['ticket.created', 1],
      ['call.started', 2],
      ['call.requested', 3],
    ]);
    const started = new Date(rows!.events[1]!.data.startedAt).getTime();
    expect(started).toBe(new Date(rows!.calls[0]!.started_at).getTime());
  });

  test('without callType opens a text ticket', async () => {
    const { created } = await createTicket(desk.server, { subject: ' Receipt ', donorName: 'Kim' });
    expect(created).toMatchObject({
      subject: 'Receipt',
      donorName: 'Kim',
      call: null,
      callType: null,
      callRequested: false,
      activeCallId: null,
      description: null,
    });
    expect(await eventTypes(desk.db, created.id)).toEqual(['ticket.created']);
  });

  test('keeps the optional fields of the other sources', async () => {
    const fields = {
      category: 'Receipts and tax',
      priority: 'urgent',
      context: { page: '/donate', stage: { n: 2 } },
    };
    const { id } = await createTicket(desk.server, fields);
    expect(await ok(desk.admin.get(`/tickets/${id}`))).toMatchObject(fields);
  });
});

describe('GET /tickets', () => {
  test('answers 200 with all tickets, or those of a status', async () => {
    const [waiting, closed] = [
      await createTicketIn(desk.server, 'waiting_for_donor', cast(), CALLING),
      await createTicketIn(desk.server, 'closed', cast(), CALLING),
    ];
    const all = await ok(desk.admin.get('/tickets?limit=100'));
    expect(all.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([waiting.id, closed.id]));
    const some = await ok(desk.admin.get('/tickets?status=waiting_for_donor'));
    expect(some.map(({ id }: { id: string }) => id)).toEqual([waiting.id]);
    expect(some[0]).toMatchObject(ticketOf({ status: 'waiting_for_donor', adminId: desk.admin.id }));
    expect(some[0]).not.toHaveProperty('activeCall');
  });
});

describe('GET /tickets/:id', () => {
  test('gives staff the open call with both tokens, and leaves it out when there is none', async () => {
    const { id, created } = await createTicket(desk.server, CALLING);
    const activeCall = {
      id: created.activeCallId,
      dailyRoomUrl: created.call.dailyRoomUrl,
      adminToken: TEXT,
      userToken: TEXT,
      status: 'active',
      callType: 'video',
      startedAt: TIME,
    };
    expect(await ok(desk.admin.get(`/tickets/${id}`))).toMatchObject(ticketOf({ activeCall }));
    await ok(desk.admin.post(`/calls/${created.activeCallId}/end`));
    const after = await ok(desk.admin.get(`/tickets/${id}`));
    expect(after).toMatchObject({ activeCallId: null });
    expect(after).not.toHaveProperty('activeCall');
  });

  test('gives its donor the donor’s view', async () => {
    const { id, donor } = await createTicketIn(desk.server, 'pending', cast(), CALLING);
    await ok(desk.admin.patch(`/tickets/${id}`, { helpfulNotes: 'rich', tags: ['vip'], priority: 'urgent' }));
    const seen = await ok(donor.get(`/tickets/${id}`));
    expect(seen).toMatchObject(
      ticketOf({ status: 'pending', adminId: desk.admin.id, admin: { name: 'Ada', avatar: null } }),
    );
    expect(seen.admin).toEqual({ name: 'Ada', avatar: null });
    expect(seen.activeCall).toMatchObject({ userToken: TEXT, status: 'active' });
    expect(JSON.stringify(seen)).not.toMatch(STAFF_ONLY);
  });
});

describe('PUT /tickets/:id', () => {
  test('changes description, status and owner, and logs what changed', async () => {
    const { id } = await createTicket(desk.server, CALLING);
    const body = { description: 'Updated', status: 'waiting_for_donor', adminId: desk.admin.id };
    expect(await ok(desk.admin.put(`/tickets/${id}`, body))).toMatchObject(ticketOf(body));
    expect(await eventTypes(desk.db, id, 3)).toEqual([
      'ticket.updated',
      'ticket.assigned',
      'message.posted',
      'ticket.status_changed',
      'ticket.status_changed',
    ]);
  });
});

describe('PUT /tickets/:id/assign', () => {
  test('makes the caller the owner and shows the open call', async () => {
    const { id, created } = await createTicket(desk.server, CALLING);
    const answer = await ok(desk.admin.put(`/tickets/${id}/assign`));
    expect(answer).toMatchObject(ticketOf({ status: 'pending', adminId: desk.admin.id }));
    expect(answer.activeCall).toMatchObject({
      id: created.activeCallId,
      dailyRoomUrl: TEXT,
      adminToken: TEXT,
      userToken: TEXT,
      status: 'active',
      callType: 'video',
      startedAt: TIME,
    });
    const { messages, ticket } = (await rowsOf(desk.db, id))!;
    expect(ticket).toMatchObject({ admin_id: desk.admin.id, status: 'pending' });
    expect(messages).toEqual([
      expect.objectContaining({
        sender_type: 'system',
        message_type: 'system',
        content: 'Ada is now helping you.',
      }),
    ]);
  });
});

describe('POST /tickets/:id/transfer and GET /tickets/:id/transfers', () => {
  test('hands the ticket over and keeps the history with both people', async () => {
    const { id } = await createTicketIn(desk.server, 'pending', cast(), CALLING);
    const body = { toAdminId: desk.colleague.id, transferNotes: 'Knows refunds.' };
    expect(await ok(desk.admin.post(`/tickets/${id}/transfer`, body))).toMatchObject(
      ticketOf({ status: 'transferred', adminId: desk.colleague.id }),
    );
    await ok(desk.boss.post(`/tickets/${id}/transfer`, { toAdminId: desk.boss.id }));
    const person = ({ id: userId, username, name }: Desk['admin']) => ({ id: userId, username, name });
    expect(await ok(desk.admin.get(`/tickets/${id}/transfers`))).toEqual([
      {
        id: UUID,
        ticketId: id,
        fromAdminId: desk.admin.id,
        toAdminId: desk.colleague.id,
        transferNotes: 'Knows refunds.',
        transferredAt: TIME,
        fromAdmin: person(desk.admin),
        toAdmin: person(desk.colleague),
      },
      expect.objectContaining({
        fromAdminId: desk.colleague.id,
        toAdminId: desk.boss.id,
        transferNotes: null,
      }),
    ]);
    expect(await ok(desk.link.get(`/tickets/${id}/messages`))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ content: 'Transferred to Bo.', messageType: 'system' }),
      ]),
    );
    expect(JSON.stringify(await ok(desk.link.get(`/tickets/${id}/events`)))).not.toContain('Knows refunds');
  });
});

describe('PUT /tickets/:id/resolve and /close', () => {
  test.each([
    ['resolve', 'resolved'],
    ['close', 'closed'],
  ])('%s answers 200 with the %s ticket and ends its call', async (verb, status) => {
    const { id, created } = await createTicketIn(desk.server, 'active_call', cast(), { description: 'x' });
    expect(created.activeCallId).toBeNull();
    const answer = await ok(desk.admin.put(`/tickets/${id}/${verb}`));
    expect(answer).toMatchObject(ticketOf({ status, adminId: desk.admin.id, activeCallId: null }));
    const { ticket, calls, events } = (await rowsOf(desk.db, id))!;
    expect(ticket).toMatchObject({ status, resolved_at: TEXT, active_call_id: null });
    expect(calls).toEqual([expect.objectContaining({ status: 'ended', end_reason: status, ended_at: TEXT })]);
    expect(events.filter(({ type }) => type === 'call.ended')).toHaveLength(1);
  });
});

describe('the donor’s own routes', () => {
  test('GET /tickets/:id/donor/:donorId shows the ticket with its call to anyone with both ids', async () => {
    const { id, donorId, created } = await createTicket(desk.server, CALLING);
    const seen = await ok(desk.link.get(`/tickets/${id}/donor/${donorId}`));
    expect(seen).toMatchObject(ticketOf({}));
    expect(seen.activeCall).toMatchObject({
      id: created.activeCallId,
      callType: 'video',
      dailyRoomUrl: TEXT,
      userToken: TEXT,
      status: 'active',
      startedAt: TIME,
    });
    expect(JSON.stringify(seen)).not.toMatch(STAFF_ONLY);
    expect((await desk.link.get(`/tickets/${id}/donor/somebody-else`)).status).toBe(404);
  });

  test('PUT /tickets/:id/donor/:donorId/resolve resolves and ends the call', async () => {
    const { id, donorId } = await createTicket(desk.server, CALLING);
    const before = await rowsOf(desk.db, id);
    expect((await desk.link.put(`/tickets/${id}/donor/somebody-else/resolve`)).status).toBe(404);
    expect(await rowsOf(desk.db, id)).toEqual(before);
    const answer = await ok(desk.link.put(`/tickets/${id}/donor/${donorId}/resolve`));
    expect(answer).toMatchObject(ticketOf({ status: 'resolved', activeCallId: null }));
    expect(JSON.stringify(answer)).not.toMatch(STAFF_ONLY);
    const { calls } = (await rowsOf(desk.db, id))!;
    expect(calls).toEqual([expect.objectContaining({ status: 'ended', ended_by: `donor:${donorId}` })]);
    expect(await eventTypes(desk.db, id, 3)).toEqual([
      'ticket.status_changed',
      'call.expired',
      'call.ended',
      'message.posted',
    ]);
  });

  test('GET /tickets/donor/:donorId lists the donor’s tickets, newest first', async () => {
    const first = await createTicket(desk.server, CALLING);
    const second = await ok(first.donor.post('/tickets', { description: 'Again' }), 201);
    expect(await ok(first.donor.get(`/tickets/donor/${first.donorId}`))).toEqual(
      [
        { id: second.id, description: 'Again', callType: null },
        { id: first.id, description: CALLING.description, callType: 'video' },
      ].map((fields) => ({
        ...fields,
        number: TEXT,
        subject: null,
        status: 'new',
        createdAt: TIME,
        updatedAt: TIME,
      })),
    );
  });
});
