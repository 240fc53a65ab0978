import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { searchClause } from '../../src/domain/tickets/reading/ticket-search.queries.js';
import { Prisma } from '../../src/platform/database/generated/client.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { postMessage } from '../factories/message.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** The marks that a decomposed letter carries beside it, as macOS and some keyboards write them. */
const decomposed = (text: string): string => text.normalize('NFD');

async function finds(ticket: TicketFixture, q: string): Promise<boolean> {
  const found = await ok(desk.admin.get(`/tickets?q=${encodeURIComponent(q)}`));
  return found.some(({ id }: { id: string }) => id === ticket.id);
}

async function missed(ticket: TicketFixture, queries: readonly string[]): Promise<string[]> {
  const all = await Promise.all(queries.map(async (q) => ((await finds(ticket, q)) ? [] : [q])));
  return all.flat();
}

describe('a word is found', () => {
  test('with and without its accents, composed and decomposed, in capitals and small', async () => {
    const ticket = await createTicket(desk.server, {
      ...{ subject: 'Problème de reçu', donorName: decomposed('José Núñez') },
      description: 'Überweisung nach Straße 5, Ærø, Łódź, İstanbul, Irmak Yılmaz, Νικόλαος, Артём, 安藤一郎',
    });
    const queries = [
      ...['Problème', 'probleme', 'PROBLÈME', decomposed('Problème'), 'recu', 'REÇU'],
      ...[
        'nunez',
        'Núñez',
        decomposed('Núñez'),
        'jose nunez',
        'uberweisung',
        'ÜBERWEISUNG',
        'strasse',
        'STRASSE',
      ],
      ...['aero', 'Ærø', 'lodz', 'ŁÓDŹ', 'istanbul', 'ISTANBUL', 'yilmaz', 'YILMAZ', 'Yılmaz'],
      ...['νικολαος', 'ΝΙΚΟΛΑΟΣ', 'Νικόλαος', 'артем', 'АРТЁМ', '安藤一郎', '安'],
    ];
    expect(await missed(ticket, queries)).toEqual([]);
  });

  test('by its beginning, in every field and in messages', async () => {
    const ticket = await createTicket(desk.server, {
      ...{ subject: 'Standing order', description: 'The mandate was cancelled', donorName: 'Waltraud Klee' },
    });
    await postMessage(ticket.donor, ticket.id, { content: 'Meine Kontoverbindung: Sparkasse' });
    const queries = [
      'stand',
      'mandat cancel',
      'walt',
      'klee',
      'kontover',
      'kontoverbindung spark',
      'st or zzz',
    ];
    expect(await missed(ticket, queries)).toEqual([]);
    for (const q of ['tanding', 'kontoverbindungen', 'stand zzz', 'stand -mandate', '"order standing"'])
      expect({ q, found: await finds(ticket, q) }).toEqual({ q, found: false });
  });

  test('as part of an address, a number or a link', async () => {
    const ticket = await createTicket(desk.server, {
      ...{
        donorEmail: 'ann+gifts@mail.foundation-north.example',
        subject: 'See https://shop.example/give?id=77',
      },
    });
    const queries = [
      ...['ann+gifts@mail.foundation-north.example', 'ann+gifts', 'ANN', 'gifts', 'foundation-north.example'],
      ...['foundation', 'mail.foundation', 'north.exa', 'shop.example', 'https://shop.example/give'],
      ...[ticket.created.number, ticket.created.number.toLowerCase(), ticket.created.number.slice(4)],
    ];
    expect(await missed(ticket, queries)).toEqual([]);
    expect(await finds(ticket, 'north-foundation')).toBe(false);
  });

  test('by a donor among their own tickets', async () => {
    const ticket = await createTicket(desk.server, { subject: 'Crème brûlée' });
    for (const q of ['creme', 'BRULE', decomposed('brûlée')])
      expect(await ok(ticket.donor.get(`/tickets?q=${encodeURIComponent(q)}`))).toHaveLength(1);
  });
});

describe('a search', () => {
  test('takes any text', async () => {
    const texts = [
      ...['%', '"', '""', "'", '\\', '<->', ':*', '!', '()', 'or', '-', '– —', '\u200b', '👍🏽', '.', 'a:b'],
      ...[
        '"unclosed phrase',
        "it's & | ! :* <-> ((",
        'x'.repeat(200),
        '"'.repeat(200),
        '-a '.repeat(60) + 'b',
      ],
    ];
    for (const q of texts) {
      const { status } = await desk.admin.get(`/tickets?q=${encodeURIComponent(q)}`);
      expect({ q, status }).toEqual({ q, status: 200 });
    }
  });

  test('that only leaves out is refused with a hint', async () => {
    for (const q of ['-monthly', ' -a1 -b2']) {
      const answer = await desk.admin.get(`/tickets?q=${encodeURIComponent(q)}`);
      expectRefusal(answer, 400, 'BAD_REQUEST', '/tickets');
      expect(answer.body.errors).toMatchObject([
        { location: 'q', message: expect.stringContaining('receipt') },
      ]);
    }
  });

  test('is answered by an index for a rare word, even where all tickets hold the same few words', async () => {
    await desk.db.query(
      `INSERT INTO tickets (id, donor_id, donor_email, subject)
       SELECT gen_random_uuid(), 'mass', 'm@example.org', 'Volunteering' FROM generate_series(1, 3000)`,
    );
    await desk.db.query(
      `INSERT INTO messages (id, ticket_id, seq, public_seq, sender_id, sender_type, content, created_at, updated_at)
       SELECT gen_random_uuid(), t.id, s, s, 'mass', 'donor', 'The same words again and again', now(), now()
         FROM tickets t, generate_series(2, 21) AS s WHERE t.donor_id = 'mass'`,
    );
    await desk.db.query('VACUUM ANALYZE tickets, messages');
    const { text, values } = Prisma.sql`EXPLAIN SELECT t.id FROM tickets t WHERE ${searchClause('zebra')}`;
    const { rows } = await desk.db.query<{ 'QUERY PLAN': string }>(text, values);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('messages_search');
    expect(plan).not.toContain('Seq Scan on messages');
    await desk.db.query(`DELETE FROM tickets WHERE donor_id = 'mass'`);
  });
});
