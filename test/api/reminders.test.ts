import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk } from '../support/desk.js';
import { openNotifyingDesk, phoneOf, untilTold, type NotifyingDesk } from '../support/notices.js';
import { eventTypes, rowsOf } from '../support/ticket-rows.js';

let desk: NotifyingDesk;
beforeAll(async () => {
  desk = await openNotifyingDesk();
});
afterAll(() => desk.close());

describe('a reminder', () => {
  test('goes out by push and mail, and the log keeps it for staff', async () => {
    const ticket = await createTicket(desk.server, { description: 'my secret', context: { locale: 'fr' } });
    const phone = await phoneOf(ticket.donor, 'donors', `phone-${ticket.donorId}`);
    expect(await ok(desk.admin.post(`/tickets/${ticket.id}/reminder`))).toEqual({
      channels: ['mail', 'push'],
    });
    await untilTold(desk.db, ticket.id);
    expect(desk.fcm.to(phone).map(({ notification }) => notification.title)).toEqual([
      'Nous attendons votre réponse.',
    ]);
    const mails = desk.smtp.to(ticket.created.donorEmail);
    expect(mails.map(({ parsed }) => parsed.subject)).toEqual([
      `Nous attendons votre réponse (${ticket.created.number})`,
    ]);
    expect(mails[0]?.raw).not.toContain('my secret');
    expect((await rowsOf(desk.db, ticket.id))?.events.at(-1)).toMatchObject({
      type: 'ticket.reminded',
      actor_id: String(desk.admin.id),
      public_seq: null,
    });
    const { events } = await ok(ticket.donor.get(`/tickets/${ticket.id}/events?after=0`));
    expect(events.map(({ type }: { type: string }) => type)).toEqual(['ticket.created']);
  });

  test('is one in ten minutes, also when two send it at once', async () => {
    const ticket = await createTicket(desk.server);
    const answers = await Promise.all(
      [desk.admin, desk.colleague].map((person) => person.post(`/tickets/${ticket.id}/reminder`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429]);
    const refused = answers.find(({ status }) => status === 429)!;
    expectRefusal(refused, 429, 'RATELIMIT');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(590);
    expect(refused.body.message).toContain('again in 10 minutes');
    expect(await eventTypes(desk.db, ticket.id)).toEqual(['ticket.created', 'ticket.reminded']);
    const passed = `UPDATE ticket_events SET created_at = created_at - interval '10 minutes' WHERE ticket_id = $1`;
    await desk.db.query(passed, [ticket.id]);
    await ok(desk.admin.post(`/tickets/${ticket.id}/reminder`));
  });

  test('is not for a ticket that has ended', async () => {
    const ticket = await createTicket(desk.server);
    await ok(desk.admin.put(`/tickets/${ticket.id}/close`));
    expectRefusal(await desk.admin.post(`/tickets/${ticket.id}/reminder`), 409, 'CONFLICT');
    expect(await eventTypes(desk.db, ticket.id)).not.toContain('ticket.reminded');
  });

  test('says so where nobody could get it', async () => {
    const quiet = await openDesk();
    try {
      const ticket = await createTicket(quiet.server);
      const refused = await quiet.admin.post(`/tickets/${ticket.id}/reminder`);
      expectRefusal(refused, 409, 'CONFLICT');
      expect(refused.body.message).toContain('cannot be reached');
      expect(await eventTypes(quiet.db, ticket.id)).toEqual(['ticket.created']);
      const { rows } = await quiet.db.query(
        'SELECT count(*)::int AS undispatched FROM ticket_events WHERE NOT dispatched',
      );
      expect(rows).toEqual([{ undispatched: 0 }]);
    } finally {
      await quiet.close();
    }
  });
});

test('a resolved ticket asks the donor how it went', async () => {
  const ticket = await createTicket(desk.server);
  await ok(desk.admin.put(`/tickets/${ticket.id}/resolve`));
  await untilTold(desk.db, ticket.id);
  const subjects = desk.smtp.to(ticket.created.donorEmail).map(({ parsed }) => parsed.subject);
  expect(subjects).toEqual([`How did we do? (${ticket.created.number})`]);
});
