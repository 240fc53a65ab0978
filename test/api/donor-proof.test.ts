import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { delegated } from '../factories/delegated-token.factory.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** Somebody who has opened a link that was mailed to this address. */
async function readerOf(mailbox: string): Promise<Client> {
  const identity = { donorId: mailbox, email: mailbox, ownerKey: `mail:${mailbox}`, verifiedAt: new Date() };
  return new Client(desk.server, (await createDonorSession(desk.server.app, identity)).headers);
}

const seenByStaff = async (id: string) => {
  const { donorVerified, donorProof, donorUnproven } = await ok(desk.admin.get(`/tickets/${id}`));
  return { donorVerified, donorProof, donorUnproven };
};

describe('staff see what is proven, and what a donor only says', () => {
  test('of a proven mailbox that writes under another address and a name', async () => {
    const mallory = await readerOf('mallory@attacker.example');
    const body = { donorEmail: 'ceo@victim.example', donorName: 'The CEO' };
    const { id } = await ok(mallory.post('/tickets', body), 201);
    expect(await seenByStaff(id)).toEqual({
      donorVerified: false,
      donorProof: {
        ...{ kind: 'mailbox', email: 'mallory@attacker.example' },
        ...{ issuer: null, id: null, name: null },
      },
      donorUnproven: ['donorEmail', 'donorName'],
    });
  });

  test('of somebody whom a backend vouches for, under another address', async () => {
    const kim = await delegated(desk.server, { iss: 'https://shop.example' });
    const { id } = await ok(kim.client.post('/tickets', { topic: 'Mine' }), 201);
    const proof = {
      ...{ kind: 'backend', issuer: 'https://shop.example', id: kim.id },
      ...{ email: `${kim.id}@shop.test`, name: 'Kim' },
    };
    expect(await seenByStaff(id)).toEqual({ donorVerified: true, donorProof: proof, donorUnproven: [] });
    const claimed = await ok(kim.client.post('/tickets', { donorEmail: 'ceo@victim.example' }), 201);
    expect(await seenByStaff(claimed.id)).toEqual({
      donorVerified: false,
      donorProof: proof,
      donorUnproven: ['donorEmail'],
    });
  });

  test('of a guest who claims an id and an address, and then proves another identity', async () => {
    const kim = await delegated(desk.server);
    const guest = await createTicket(desk.server, {
      donorId: 'customer-42',
      donorEmail: 'ceo@victim.example',
    });
    await ok(desk.link.post('/auth/donor', { token: kim.token, donorToken: guest.created.donorToken }));
    expect(await seenByStaff(guest.id)).toMatchObject({
      donorVerified: false,
      donorProof: { kind: 'backend', id: kim.id },
      donorUnproven: ['donorId', 'donorEmail'],
    });
  });

  test('of an address that staff have changed', async () => {
    const kim = await delegated(desk.server);
    const { id } = await ok(kim.client.post('/tickets', { topic: 'Mine' }), 201);
    await ok(desk.admin.patch(`/tickets/${id}`, { donorEmail: 'other@shop.test' }));
    expect(await seenByStaff(id)).toMatchObject({ donorVerified: false, donorUnproven: ['donorEmail'] });
    const { events } = await ok(desk.admin.get(`/tickets/${id}/events`));
    expect(events.at(-1).changes).toMatchObject({ donorUnproven: ['donorEmail'], donorVerified: false });
  });
});

test('a mailbox does not open what another proven donor writes under its address', async () => {
  const kim = await delegated(desk.server);
  const { id } = await ok(kim.client.post('/tickets', { donorEmail: 'reader@victim.example' }), 201);
  const reader = await readerOf('reader@victim.example');
  expectRefusal(await reader.get(`/tickets/${id}`), 404, 'NOT_FOUND');
  expect(await ok(reader.get('/tickets'))).toEqual([]);
  await ok(kim.client.get(`/tickets/${id}`));
});

test('donors are told nothing of proofs', async () => {
  const kim = await delegated(desk.server, { iss: 'https://shop.example' });
  const { id } = await ok(kim.client.post('/tickets', { topic: 'Mine' }), 201);
  const device = await ok(desk.link.post('/auth/donor', { token: kim.token }));
  const own = new Client(desk.server, { authorization: `Bearer ${device.donorToken}` });
  expect(JSON.stringify(await ok(own.get(`/tickets/${id}`)))).not.toMatch(
    /donorProof|donorUnproven|donorVerified/,
  );
});
