import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mailboxKey } from '../../src/domain/auth/owner-key.js';
import { MailAddresses } from '../../src/platform/mail/mail-addresses.js';
import { delegated } from '../factories/delegated-token.factory.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { Client, ok } from '../support/client.js';
import { openNotifyingDesk, type NotifyingDesk } from '../support/notices.js';

let desk: NotifyingDesk;
beforeAll(async () => {
  desk = await openNotifyingDesk();
});
afterAll(() => desk.close());

/** The reader of a mailbox, who once opened a link there. */
async function readerOf(mailbox: string): Promise<Client> {
  await desk.server.app.get(MailAddresses, { strict: false }).prove(mailbox);
  const identity = {
    donorId: mailbox,
    email: mailbox,
    ownerKey: mailboxKey(mailbox),
    verifiedAt: new Date(),
  };
  return new Client(desk.server, (await createDonorSession(desk.server.app, identity)).headers);
}

const TYPED = { donorName: 'Concierge billing', description: 'Pay again at https://evil.example/pay' };

/** Every transcript that was ordered has been sent. */
async function settled(): Promise<void> {
  const waiting = `SELECT 1 FROM pgboss.job WHERE name = 'transcripts.mail' AND state IN ('created', 'retry', 'active')`;
  while ((await desk.db.query(waiting)).rows.length > 0)
    await new Promise((resolve) => setTimeout(resolve, 30));
}

/** Asks for the transcript again and again; answers how often it was granted. */
async function askFor(count: number, donor: Client, ticketId: string): Promise<number> {
  let granted = 0;
  for (let n = 0; n < count; n += 1)
    if ((await donor.post(`/tickets/${ticketId}/transcript`)).status === 202) granted += 1;
  await settled();
  return granted;
}

describe('emails to a mailbox that somebody else has proven', () => {
  test.each([
    ['the reader of another mailbox', () => readerOf('mallory@attacker.example')],
    ['somebody whom a backend vouches for', async () => (await delegated(desk.server)).client],
  ])('carry no word that %s typed, and are five a day', async (title, sender) => {
    const victim = `victim-${title.length}@victim.example`;
    await readerOf(victim);
    const mallory = await sender();
    const { id } = await ok(mallory.post('/tickets', { ...TYPED, donorEmail: victim }), 201);
    expect(await askFor(8, mallory, id)).toBe(5);
    const mails = desk.smtp.to(victim);
    expect(mails).toHaveLength(5);
    for (const { raw, parsed } of mails)
      expect(`${raw} ${parsed.text} ${parsed.html}`).not.toMatch(/evil\.example|billing/);
  });
});

describe('emails to one’s own proven mailbox', () => {
  test('carry one’s own words, and are bounded for each ticket', async () => {
    const mailbox = 'reader@donors.example';
    const reader = await readerOf(mailbox);
    const { id } = await ok(reader.post('/tickets', TYPED), 201);
    await desk.db.query(
      `INSERT INTO ticket_mails (ticket_id, reader, recent)
       VALUES ($1, 'donor', array_fill(now() - interval '1 hour', ARRAY[19]) || (now() - interval '25 hours'))`,
      [id],
    );
    expect(await askFor(3, reader, id)).toBe(1);
    const mails = desk.smtp.to(mailbox);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.parsed.text).toContain('https://evil.example/pay');
    const other = await ok(reader.post('/tickets', TYPED), 201);
    expect(await askFor(1, reader, other.id)).toBe(1);
  });

  test('leave no count behind when the ticket is deleted', async () => {
    const reader = await readerOf('gone@donors.example');
    const { id } = await ok(reader.post('/tickets', TYPED), 201);
    await askFor(1, reader, id);
    await ok(desk.boss.delete(`/tickets/${id}`));
    const { rows } = await desk.db.query('SELECT 1 FROM ticket_mails WHERE ticket_id = $1', [id]);
    expect(rows).toEqual([]);
  });
});
