import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { delegated, unixNow } from '../factories/delegated-token.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

const LOGOUT = '/auth/donor/logout';
const DAY_MS = 86_400_000;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const as = (token: string) => new Client(desk.server, { authorization: `Bearer ${token}` });
const exchanged = async (token: string): Promise<string> => {
  const { donorToken } = await ok(desk.link.post('/auth/donor', { token }));
  return donorToken;
};
const isDead = async (client: Client): Promise<void> =>
  expectRefusal(await client.get('/tickets'), 401, 'UNAUTHORIZED', '/tickets');
const sessionOf = async (ticketId: string) => {
  const { rows } = await desk.db.query(
    'SELECT s.* FROM donor_sessions s JOIN tickets t ON t.donor_session_id = s.id WHERE t.id = $1',
    [ticketId],
  );
  return rows[0];
};

describe('POST /auth/donor/logout', () => {
  test('ends the session of a guest and forgets its phones', async () => {
    const guest = await createTicket(desk.server);
    await ok(guest.donor.put('/donors/me/fcm-token', { token: 'phone-of-a-guest' }), 204);
    expect(await ok(guest.donor.post(LOGOUT, {}))).toEqual({ ended: 1 });
    await isDead(guest.donor);
    const phones = await desk.db.query(`SELECT 1 FROM devices WHERE token = 'phone-of-a-guest'`);
    expect(phones.rows).toEqual([]);
  });

  test('ends one session, or with `everywhere` all of the identity', async () => {
    const kim = await delegated(desk.server);
    const guest = await createTicket(desk.server);
    const phone = as(await exchanged(kim.token));
    const laptop = as(await exchanged(kim.token));
    const { donorToken: guestToken } = guest.created;
    const tablet = as(
      (await ok(desk.link.post('/auth/donor', { token: kim.token, donorToken: guestToken }))).donorToken,
    );
    expect(await ok(phone.post(LOGOUT, {}))).toEqual({ ended: 1 });
    await isDead(phone);
    await ok(laptop.get('/tickets'));
    // The laptop, the tablet, the guest's session that came along, and the backend's own token.
    expect(await ok(laptop.post(LOGOUT, { everywhere: true }))).toEqual({ ended: 4 });
    for (const client of [laptop, tablet, guest.donor, kim.client]) await isDead(client);
  });

  test('is for donors', async () => {
    expectRefusal(await desk.link.post(LOGOUT, {}), 401, 'UNAUTHORIZED', LOGOUT);
    expectRefusal(await desk.admin.post(LOGOUT, {}), 403, 'FORBIDDEN', LOGOUT);
    const guest = await createTicket(desk.server);
    expectRefusal(await guest.donor.post(LOGOUT, { everywhere: 'yes' }), 400, 'BAD_REQUEST', LOGOUT);
  });
});

describe('a token of a trusted backend', () => {
  test('that was signed before the logout opens nothing and is not exchanged; a newer one works', async () => {
    const kim = await delegated(desk.server, { iat: unixNow() - 60 });
    await ok(kim.client.get('/tickets'));
    await ok(kim.client.post(LOGOUT, {}));
    await isDead(kim.client);
    expectRefusal(
      await desk.link.post('/auth/donor', { token: kim.token }),
      401,
      'UNAUTHORIZED',
      '/auth/donor',
    );
    const later = await delegated(desk.server, { id: kim.id, iat: unixNow() + 30 });
    await ok(later.client.get('/tickets'));
    await exchanged(later.token);
  });

  test('that does not say when it was signed is refused after the logout', async () => {
    const kim = await delegated(desk.server, { iat: undefined });
    await ok(kim.client.post(LOGOUT, {}));
    const later = await delegated(desk.server, { id: kim.id, iat: undefined, exp: unixNow() + 7_200 });
    await isDead(later.client);
  });
});

describe('POST /tickets/:id/donor/logout', () => {
  test('signs the donor of a ticket out, and the audit log keeps it', async () => {
    const kim = await delegated(desk.server, { iat: unixNow() - 60 });
    const device = as(await exchanged(kim.token));
    const { id, number } = await ok(device.post('/tickets', { subject: 'Mine' }), 201);
    await ok(desk.admin.post(`/tickets/${id}/donor/logout`));
    await isDead(device);
    await isDead(kim.client);
    const { rows } = await desk.db.query(
      `SELECT actor_id, ip IS NOT NULL AS ip FROM audit_log WHERE action = 'donor.sessions_ended' AND subject = $1`,
      [number],
    );
    expect(rows).toEqual([{ actor_id: String(desk.admin.id), ip: true }]);
  });
});

describe('a donor session', () => {
  test('of a guest ends after 90 days without use, and use moves its end', async () => {
    const guest = await createTicket(desk.server);
    const { id, expires_at: first } = await sessionOf(guest.id);
    expect((first.getTime() - Date.now()) / DAY_MS).toBeCloseTo(90, 1);
    await desk.db.query(
      `UPDATE donor_sessions SET last_seen_at = now() - interval '2 hours', expires_at = now() + interval '1 day' WHERE id = $1`,
      [id],
    );
    await ok(guest.donor.get('/tickets'));
    const { expires_at: moved } = await sessionOf(guest.id);
    expect((moved.getTime() - Date.now()) / DAY_MS).toBeCloseTo(90, 1);
  });

  test('ends a year after its start, however much it is used', async () => {
    const guest = await createTicket(desk.server);
    const { id } = await sessionOf(guest.id);
    await desk.db.query(
      `UPDATE donor_sessions SET created_at = now() - interval '360 days', last_seen_at = now() - interval '2 hours',
              expires_at = now() + interval '1 day' WHERE id = $1`,
      [id],
    );
    await ok(guest.donor.get('/tickets'));
    const { expires_at: end } = await sessionOf(guest.id);
    expect((end.getTime() - Date.now()) / DAY_MS).toBeCloseTo(5, 1);
  });
});
