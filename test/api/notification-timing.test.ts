import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { openNotifyingDesk, phoneOf, untilTold, type NotifyingDesk } from '../support/notices.js';

let desk: NotifyingDesk;
beforeAll(async () => {
  desk = await openNotifyingDesk(3, {}, { preview: false });
});
afterAll(() => desk.close());

const mailsOf = (rows: { channel: string; kind: string; state: string; reason: string | null }[]) =>
  rows
    .filter(({ channel, kind }) => channel === 'mail' && kind === 'staff_reply')
    .map(({ state, reason }) => [state, reason]);

test('what is read before its mail goes out is not mailed', async () => {
  const ticket = await createTicket(desk.server);
  await ok(desk.admin.post(`/tickets/${ticket.id}/messages`, { content: 'Hello' }), 201);
  await ok(ticket.donor.post(`/tickets/${ticket.id}/messages/mark-read`, { senderType: 'admin' }));
  expect(mailsOf(await untilTold(desk.db, ticket.id))).toEqual([['skipped', 'read meanwhile']]);
  expect(desk.smtp.to(ticket.created.donorEmail)).toEqual([]);
});

test('several answers in a row are one mail', async () => {
  const ticket = await createTicket(desk.server);
  for (const content of ['first', 'second', 'third']) {
    await ok(desk.admin.post(`/tickets/${ticket.id}/messages`, { content }), 201);
  }
  const states = mailsOf(await untilTold(desk.db, ticket.id));
  expect(states.filter(([state]) => state === 'sent')).toHaveLength(1);
  expect(states.filter(([, reason]) => reason === 'carried by an earlier mail')).toHaveLength(2);
  const [mail, ...more] = desk.smtp.to(ticket.created.donorEmail);
  expect(more).toEqual([]);
  for (const content of ['first', 'second', 'third']) expect(mail?.parsed.text).toContain(`> ${content}`);
});

test('a push has no word of the message where the operator wants none', async () => {
  const ticket = await createTicket(desk.server);
  const phone = await phoneOf(ticket.donor, 'donors', `phone-${ticket.donorId}`);
  await ok(desk.admin.post(`/tickets/${ticket.id}/messages`, { content: 'the secret' }), 201);
  await untilTold(desk.db, ticket.id);
  const [push] = desk.fcm.to(phone);
  expect(push?.notification).toEqual({ title: 'Ada answered', body: ticket.created.number });
  expect(JSON.stringify(push)).not.toContain('the secret');
});
