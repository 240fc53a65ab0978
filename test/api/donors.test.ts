import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mailboxKey } from '../../src/domain/auth/owner-key.js';
import { delegated } from '../factories/delegated-token.factory.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

interface DonorRow {
  id: string;
  owner_key: string | null;
  email: string | null;
  name: string | null;
  verified_at: Date | null;
}

let desk: Desk;
let mailbox = '';
let boxes = 0;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  mailbox = `maria${(boxes += 1)}@donors.example`;
});
afterAll(() => desk.close());

const as = (token: string) => new Client(desk.server, { authorization: `Bearer ${token}` });

async function donorsOf(table: 'tickets' | 'donor_sessions', condition: string, value: string) {
  const { rows } = await desk.db.query<DonorRow>(
    `SELECT DISTINCT d.id, d.owner_key, d.email, d.name, d.verified_at
       FROM ${table} x JOIN donors d ON d.id = x.donor_uuid WHERE ${condition} = $1`,
    [value],
  );
  return rows;
}

async function donorOf(ticketId: string): Promise<DonorRow> {
  const [donor] = await donorsOf('tickets', 'x.id', ticketId);
  if (donor === undefined) throw new Error(`ticket ${ticketId} has no donor`);
  return donor;
}

const exists = async (donorId: string): Promise<boolean> =>
  (await desk.db.query('SELECT 1 FROM donors WHERE id = $1', [donorId])).rows.length === 1;

/** Somebody on a new device who has opened a link that was mailed to this address. */
async function readerOf(address: string): Promise<Client> {
  const proof = { ownerKey: mailboxKey(address), verifiedAt: new Date() };
  const session = await createDonorSession(desk.server.app, { donorId: address, email: address, ...proof });
  return new Client(desk.server, session.headers);
}

describe('a guest', () => {
  test('is one donor, whose address and name are claims', async () => {
    const guest = await createTicket(desk.server, { donorEmail: mailbox, donorName: 'Maria' });
    const second = await ok(guest.donor.post('/tickets', { subject: 'Another' }), 201);
    const donor = await donorOf(guest.id);
    expect(donor).toMatchObject({ owner_key: null, email: mailbox, name: 'Maria', verified_at: null });
    expect(await donorOf(second.id)).toEqual(donor);
    expect(await donorsOf('donor_sessions', 'x.donor_id', guest.donorId)).toEqual([donor]);
  });

  test('is another than who has proven the address that the guest names, and than the next guest who names it', async () => {
    const reader = await readerOf(mailbox);
    const own = await ok(reader.post('/tickets', { subject: 'Mine' }), 201);
    const [one, other] = [
      await createTicket(desk.server, { donorId: 'same', donorEmail: mailbox }),
      await createTicket(desk.server, { donorId: 'same', donorEmail: mailbox }),
    ];
    const donors = await Promise.all([own, one, other].map(({ id }) => donorOf(id)));
    expect(new Set(donors.map(({ id }) => id)).size).toBe(3);
    expect(donors.map(({ owner_key }) => owner_key)).toEqual([mailboxKey(mailbox), null, null]);
  });

  test('for whom staff open a ticket has a row too', async () => {
    const { id } = await ok(desk.admin.post('/tickets', { donorId: 'by phone', donorEmail: mailbox }), 201);
    expect(await donorOf(id)).toMatchObject({ owner_key: null, email: mailbox });
  });
});

describe('a proven identity', () => {
  test('of a mailbox has one row on all devices', async () => {
    const [phone, laptop] = [await readerOf(mailbox), await readerOf(mailbox.replace('m', 'M'))];
    const opened = [
      await ok(phone.post('/tickets', { subject: 'Here' }), 201),
      await ok(laptop.post('/tickets', { donorEmail: 'other@donors.example' }), 201),
    ];
    const [donor, same] = await Promise.all(opened.map(({ id }) => donorOf(id)));
    expect(donor).toMatchObject({ owner_key: mailboxKey(mailbox), verified_at: expect.any(Date) });
    expect(same).toEqual(donor);
    expect(await donorsOf('donor_sessions', 'x.owner_key', mailboxKey(mailbox))).toEqual([donor]);
  });

  test('of a backend has one row with what its newest token says, and one for each issuer', async () => {
    const claims = { iss: 'https://shop.example', email: mailbox, username: 'Kim' };
    const kim = await delegated(desk.server, claims);
    const first = await ok(kim.client.post('/tickets', { topic: 'Mine' }), 201);
    const device = await ok(desk.link.post('/auth/donor', { token: kim.token }));
    const second = await ok(as(device.donorToken).post('/tickets', { subject: 'Here too' }), 201);
    const owner_key = `jwt:${encodeURIComponent(claims.iss)}:${kim.id}`;
    const donor = await donorOf(first.id);
    expect(donor).toMatchObject({ owner_key, email: mailbox, name: 'Kim' });
    expect((await donorOf(second.id)).id).toBe(donor.id);
    const newer = await delegated(desk.server, { ...claims, id: kim.id, username: 'Kim Lee' });
    await ok(newer.client.get('/tickets'));
    expect(await donorOf(first.id)).toMatchObject({ id: donor.id, name: 'Kim Lee' });
    const namesake = await delegated(desk.server, { ...claims, id: kim.id, iss: 'https://crm.example' });
    const foreign = await ok(namesake.client.post('/tickets', { topic: 'Mine' }), 201);
    expect((await donorOf(foreign.id)).id).not.toBe(donor.id);
  });

  test('of staff who open tickets for themselves has one row', async () => {
    const open = () => ok(desk.colleague.post('/tickets', { subject: 'My own' }), 201);
    const [one, other] = [await donorOf((await open()).id), await donorOf((await open()).id)];
    expect(one).toMatchObject({ owner_key: `staff:${desk.colleague.id}`, email: null, name: 'Bo' });
    expect(other.id).toBe(one.id);
  });
});

describe('a guest who proves an identity', () => {
  test('becomes that person, tickets and session, and the guest’s row goes', async () => {
    const kim = await delegated(desk.server);
    const guest = await createTicket(desk.server, { donorEmail: mailbox });
    const before = await donorOf(guest.id);
    await ok(desk.link.post('/auth/donor', { token: kim.token, donorToken: guest.created.donorToken }));
    const proven = await donorOf(guest.id);
    expect(proven.owner_key).toBe(`jwt::${kim.id}`);
    expect(await donorsOf('donor_sessions', 'x.donor_id', guest.donorId)).toEqual([proven]);
    expect(await exists(before.id)).toBe(false);
    const later = await ok(guest.donor.post('/tickets', { subject: 'Later' }), 201);
    expect((await donorOf(later.id)).id).toBe(proven.id);
  });

  test('stays that person when another identity takes later tickets over', async () => {
    const [kim, lee] = [await delegated(desk.server), await delegated(desk.server)];
    const guest = await createTicket(desk.server);
    const { donorToken } = guest.created;
    await ok(desk.link.post('/auth/donor', { token: kim.token, donorToken }));
    const later = await ok(guest.donor.post('/tickets', { subject: 'Later' }), 201);
    await ok(desk.link.post('/auth/donor', { token: lee.token, donorToken }));
    expect((await donorOf(guest.id)).owner_key).toBe(`jwt::${kim.id}`);
    expect((await donorOf(later.id)).owner_key).toBe(`jwt::${lee.id}`);
    const [ofSession] = await donorsOf('donor_sessions', 'x.donor_id', guest.donorId);
    expect(ofSession?.owner_key).toBe(`jwt::${kim.id}`);
  });
});

describe('deleting', () => {
  const remove = (id: string) => ok(desk.boss.delete(`/tickets/${id}`));

  test('the last ticket of a guest removes the donor, one of several keeps it', async () => {
    const guest = await createTicket(desk.server);
    const second = await ok(guest.donor.post('/tickets', { subject: 'Another' }), 201);
    const { id } = await donorOf(guest.id);
    await remove(guest.id);
    expect(await exists(id)).toBe(true);
    await remove(second.id);
    expect(await exists(id)).toBe(false);
  });

  test('the last ticket of a proven identity removes the donor with the sessions', async () => {
    const kim = await delegated(desk.server);
    await ok(desk.link.post('/auth/donor', { token: kim.token }));
    const ticket = await ok(kim.client.post('/tickets', { topic: 'Mine' }), 201);
    const { id } = await donorOf(ticket.id);
    await remove(ticket.id);
    expect(await exists(id)).toBe(false);
  });

  test('the last ticket of a proven identity leaves a guest’s later ticket to a donor without its proof', async () => {
    const kim = await delegated(desk.server);
    const guest = await createTicket(desk.server, { donorEmail: mailbox });
    await ok(desk.link.post('/auth/donor', { token: kim.token, donorToken: guest.created.donorToken }));
    const later = await ok(guest.donor.post('/tickets', { subject: 'Later' }), 201);
    await remove(guest.id);
    expect(await donorOf(later.id)).toMatchObject({
      owner_key: null,
      email: null,
      name: null,
      verified_at: null,
    });
    await remove(later.id);
    const { rows } = await desk.db.query('SELECT 1 FROM donors WHERE owner_key = $1', [`jwt::${kim.id}`]);
    expect(rows).toEqual([]);
  });

  test('a ticket that staff opened for somebody removes the donor', async () => {
    const { id } = await ok(desk.admin.post('/tickets', { donorId: 'by phone', donorEmail: mailbox }), 201);
    const donor = await donorOf(id);
    await remove(id);
    expect(await exists(donor.id)).toBe(false);
  });
});

test('no donor is left to whom nothing refers', async () => {
  const { rows } = await desk.db.query(
    `SELECT d.* FROM donors d WHERE NOT EXISTS (SELECT 1 FROM tickets WHERE donor_uuid = d.id)
        AND NOT EXISTS (SELECT 1 FROM donor_sessions WHERE donor_uuid = d.id)`,
  );
  expect(rows).toEqual([]);
});
