import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { mailboxKey, ownerKeysOf } from '../../src/domain/auth/owner-key.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { createEmptyDatabase, openPool, type TestDatabase } from '../support/database.js';
import { migrateUpTo } from '../support/earlier-migrations.js';

const MIGRATION = '20261130000800_compose_addresses';

/** As a keyboard of macOS may write them: letters and accents apart. */
const apart = (text: string): string => text.normalize('NFD');
const DAY = (day: number): Date => new Date(Date.UTC(2026, 10, day));
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

let database: TestDatabase;
let db: pg.Pool;
const log: string[] = [];

const insert = (table: string, row: object): Promise<unknown> => {
  const names = Object.keys(row);
  const places = names.map((_, at) => `$${at + 1}`);
  return db.query(`INSERT INTO ${table} (${names.join()}) VALUES (${places.join()})`, Object.values(row));
};

async function rows<T extends object>(sql: string): Promise<T[]> {
  return (await db.query<T>(sql)).rows;
}

async function writeDonors(): Promise<void> {
  const mailbox = apart('josé@donors.example');
  const key = `mail:${mailbox}`;
  const session = {
    donor_id: mailbox,
    email: apart('José@donors.example'),
    name: apart('José'),
    owner_key: key,
  };
  await insert('donor_sessions', { id: uuid(1), ...session });
  await insert('donor_sessions', {
    id: uuid(2),
    ...session,
    donor_id: 'josé@donors.example',
    owner_key: mailboxKey('josé@donors.example'),
  });
  const ticket = {
    donor_id: mailbox,
    donor_email: apart('José@donors.example'),
    proven_email: mailbox,
    owner_key: key,
    related_skills: [apart('français'), 'law', 'français'],
  };
  await insert('tickets', { id: uuid(3), ...ticket });
  const guest = { donor_id: apart('é'), donor_email: apart('zoë@donors.example') };
  await insert('tickets', {
    id: uuid(4),
    ...guest,
    owner_key: `jwt:issuer:${apart('é')}`,
    proven_name: apart('Zoë'),
  });
  const message = { ticket_id: uuid(3), sender_type: 'donor', content: apart('Olé') };
  await insert('messages', {
    id: uuid(5),
    seq: 1,
    sender_id: mailbox,
    sender_name: apart('José'),
    ...message,
  });
  await insert('donor_links', { id: uuid(6), mailbox, token_hash: Buffer.from('hash'), expires_at: DAY(30) });
}

async function writeAddresses(): Promise<void> {
  const address = apart('josé@donors.example');
  await insert('mail_addresses', { address, unsubscribed_at: DAY(2), proven_at: DAY(3), recent: [DAY(4)] });
  await insert('mail_addresses', {
    address: 'josé@donors.example',
    proven_at: DAY(1),
    recent: [DAY(5), DAY(6)],
  });
  await insert('mail_addresses', { address: apart('zoë@donors.example'), recent: [DAY(4)] });
}

async function writeStaff(): Promise<void> {
  const staff = [
    { id: 1, email: apart('rené@charity.example') },
    { id: 2, email: 'noël@charity.example' },
    { id: 3, email: apart('Noël@charity.example') },
    { id: 4, email: null },
  ];
  for (const { id, email } of staff) await insert('users', { id, username: `user${id}`, name: 'N', email });
  await insert('users', { id: 5, username: apart('chloé'), name: 'N' });
  for (const [user_id, skill, proficiency] of [
    [1, apart('français'), 5],
    [1, 'français', 2],
    [2, apart('français'), 3],
  ])
    await insert('user_skills', { user_id, skill, proficiency });
}

beforeAll(async () => {
  database = await createEmptyDatabase();
  await migrateUpTo(database, MIGRATION);
  db = openPool(database);
  await writeDonors();
  await writeAddresses();
  await writeStaff();
  await migrate(database.url, (line) => log.push(line));
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

describe('texts that were stored decomposed', () => {
  test('are composed in tickets, with the keys of proven mailboxes; what others named stays', async () => {
    const [proven, delegated] = await rows<Record<string, unknown>>(
      `SELECT donor_id, donor_email, proven_email, proven_name, owner_key, related_skills FROM tickets ORDER BY id`,
    );
    expect(proven).toEqual({
      donor_id: 'josé@donors.example',
      donor_email: 'José@donors.example',
      proven_email: 'josé@donors.example',
      proven_name: null,
      owner_key: mailboxKey('José@donors.example'),
      related_skills: ['français', 'law'],
    });
    expect(delegated).toMatchObject({
      donor_id: apart('é'),
      donor_email: 'zoë@donors.example',
      proven_name: 'Zoë',
      owner_key: `jwt:issuer:${apart('é')}`,
    });
  });

  test('open to anyone who proves the mailbox today', async () => {
    const [ticket] = await rows<{ ownerKey: string; donorEmail: string; provenEmail: string }>(
      `SELECT owner_key AS "ownerKey", donor_email AS "donorEmail", proven_email AS "provenEmail" FROM tickets WHERE id = '${uuid(3)}'`,
    );
    expect(new Set(ownerKeysOf({ ...ticket!, donorEmailCorrected: false }))).toEqual(
      new Set([mailboxKey('josé@donors.example')]),
    );
  });

  test('make the sessions of one mailbox one identity', async () => {
    expect(await rows(`SELECT DISTINCT donor_id, owner_key FROM donor_sessions`)).toEqual([
      { donor_id: 'josé@donors.example', owner_key: 'mail:josé@donors.example' },
    ]);
    expect(await rows(`SELECT DISTINCT email, name FROM donor_sessions`)).toEqual([
      { email: 'José@donors.example', name: 'José' },
    ]);
    expect(await rows('SELECT mailbox FROM donor_links')).toEqual([{ mailbox: 'josé@donors.example' }]);
  });

  test('are composed in what names the writer of a message, and stay in what was written', async () => {
    expect(await rows('SELECT sender_id, sender_name, content FROM messages')).toEqual([
      { sender_id: 'josé@donors.example', sender_name: 'José', content: apart('Olé') },
    ]);
  });

  test('are one address: unsubscribed and proven in either form, with the emails of both', async () => {
    expect(await rows('SELECT * FROM mail_addresses ORDER BY address')).toEqual([
      {
        address: 'josé@donors.example',
        proven_at: DAY(3),
        unsubscribed_at: DAY(2),
        recent: [DAY(5), DAY(6), DAY(4)],
      },
      { address: 'zoë@donors.example', proven_at: null, unsubscribed_at: null, recent: [DAY(4)] },
    ]);
  });

  test('are one skill, with the greater proficiency', async () => {
    expect(await rows('SELECT * FROM user_skills ORDER BY user_id')).toEqual([
      { user_id: 1, skill: 'français', proficiency: 5 },
      { user_id: 2, skill: 'français', proficiency: 3 },
    ]);
  });

  test('stay in the account of staff whose address a colleague has, and the log says so', async () => {
    expect(await rows('SELECT id, email, username FROM users ORDER BY id')).toEqual([
      { id: 1, email: 'rené@charity.example', username: 'user1' },
      { id: 2, email: 'noël@charity.example', username: 'user2' },
      { id: 3, email: apart('Noël@charity.example'), username: 'user3' },
      { id: 4, email: null, username: 'user4' },
      { id: 5, email: null, username: 'chloé' },
    ]);
    expect(log.filter((line) => !line.startsWith('Updating'))).toEqual([
      'The email of user 3 stays as it is: written as usual it is that of user 2. Give one of them another.',
    ]);
  });
});
