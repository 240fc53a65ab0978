import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postMessage, postNote } from '../factories/message.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok, TIME, UUID } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

/** A message, and nothing left out. */
function messageOf(fields: Record<string, unknown>) {
  return {
    id: UUID,
    messageType: 'text',
    isRead: false,
    createdAt: TIME,
    updatedAt: TIME,
    ...fields,
  };
}

describe('POST /tickets/:ticketId/messages', () => {
  test('by a donor answers 201 with the message, in camelCase and in snake_case', async () => {
    const { id, donorId } = await createTicket(desk.server, { donorName: 'Kim' });
    const body = { senderId: donorId, senderType: 'donor', content: 'Hello, I need assistance.' };
    const message = await ok(desk.link.post(`/tickets/${id}/messages`, body), 201);
    expect(message).toEqual(
      messageOf({
        ...body,
        ticketId: id,
        clientMessageId: null,
        system: null,
        readAt: null,
        editedAt: null,
        deletedAt: null,
        seq: 2,
        ticket_id: id,
        author_id: donorId,
        author_name: 'Kim',
        attachments: [],
        created_at: new Date(message.createdAt).getTime(),
        updated_at: new Date(message.createdAt).getTime(),
      }),
    );
    const { messages, ticket, events } = (await rowsOf(desk.db, id))!;
    expect(messages).toEqual([
      expect.objectContaining({ id: message.id, content: body.content, sender_id: donorId }),
    ]);
    expect(ticket).toMatchObject({ status: 'new', last_seq: 2, last_public_seq: 2 });
    expect(events.at(-1)).toMatchObject({ type: 'message.posted', message_id: message.id, data: {} });
  });

  test('by staff is signed with the name of the sender', async () => {
    const { id } = await createTicket(desk.server);
    const senderId = String(desk.admin.id);
    const message = await postMessage(desk.admin, id, { senderId, senderType: 'admin' });
    expect(message).toMatchObject(messageOf({ senderId, senderType: 'admin', author_name: 'Ada' }));
    expect(JSON.stringify(await ok(desk.link.get(`/tickets/${id}/messages`)))).not.toMatch(
      /@staff\.test|username/,
    );
  });

  test.each([
    ['a donor as admin', () => desk.link, { senderType: 'admin', senderId: '1' }],
    ['a donor as somebody else', () => desk.link, { senderId: 'somebody-else' }],
    ['staff as donor', () => desk.admin, { senderType: 'donor' }],
    ['staff as another admin', () => desk.admin, { senderId: '1000' }],
  ])('refuses %s with 403 and writes nothing', async (_name, caller, claim) => {
    const { id } = await createTicket(desk.server);
    const before = await rowsOf(desk.db, id);
    const answer = await caller().post(`/tickets/${id}/messages`, { content: 'I am not me.', ...claim });
    expectRefusal(answer, 403, 'FORBIDDEN', `/tickets/${id}/messages`);
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });

  test('without a token the body must name the sender', async () => {
    const { id } = await createTicket(desk.server);
    const at = `/tickets/${id}/messages`;
    expectRefusal(await desk.link.post(at, { content: 'I agree.' }), 401, 'UNAUTHORIZED', at);
  });

  test('a guest’s token refuses another senderId', async () => {
    const { id, donor } = await createTicket(desk.server);
    const answer = await donor.post(`/tickets/${id}/messages`, { content: 'x', senderId: 'other' });
    expectRefusal(answer, 403, 'FORBIDDEN');
  });
});

test('GET /tickets/:ticketId/messages answers oldest first, system lines included, notes for staff only', async () => {
  const { id, donor } = await createTicket(desk.server);
  const first = await postMessage(donor, id);
  const note = await postNote(desk.admin, id);
  const second = await postMessage(desk.admin, id);
  const staffs = await ok(desk.admin.get(`/tickets/${id}/messages`));
  expect(staffs.map((m: { id: string; messageType: string }) => [m.messageType, m.id])).toEqual([
    ['text', first.id],
    ['note', note.id],
    ['system', UUID],
    ['text', second.id],
  ]);
  expect(staffs[0]).toEqual({ ...first, channel: 'api', externalId: null });
  for (const who of [donor, desk.link]) {
    const seen = await ok(who.get(`/tickets/${id}/messages`));
    expect(seen.map((m: { id: string }) => m.id)).toEqual([first.id, UUID, second.id]);
    expect(seen.map((m: { seq: number }) => m.seq)).toEqual([2, 4, 6]);
  }
});

test('PUT /tickets/:ticketId/messages/:id lets staff set isRead', async () => {
  const { id, donor } = await createTicket(desk.server);
  const message = await postMessage(donor, id);
  const at = `/tickets/${id}/messages/${message.id}`;
  expect(await ok(desk.admin.put(at, { isRead: true }))).toMatchObject({
    id: message.id,
    isRead: true,
    readAt: TIME,
  });
  expect((await rowsOf(desk.db, id))!.messages[0]).toMatchObject({ is_read: true });
  const rows = await rowsOf(desk.db, id);
  expect(await ok(desk.admin.put(at, { isRead: true }))).toMatchObject({ isRead: true });
  expect(await rowsOf(desk.db, id)).toEqual(rows);
  expect(await ok(desk.admin.put(at, { isRead: false }))).toMatchObject({ isRead: false, readAt: null });
});

test('POST /tickets/:ticketId/messages/mark-read answers {success: true} and marks the other side’s messages', async () => {
  const { id, donor } = await createTicket(desk.server);
  await postMessage(donor, id);
  await postMessage(desk.admin, id);
  const at = `/tickets/${id}/messages/mark-read`;
  expect(await ok(desk.admin.post(at, { senderType: 'donor' }))).toEqual({ success: true });
  expect(await ok(desk.link.post(at, { senderType: 'admin' }))).toEqual({ success: true });
  const { messages } = (await rowsOf(desk.db, id))!;
  expect(messages.map((m) => [m.sender_type, m.is_read])).toEqual([
    ['donor', true],
    ['system', false],
    ['admin', true],
  ]);
});
