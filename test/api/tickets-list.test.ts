import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { postMessage, postNote } from '../factories/message.factory.js';
import { createTicket, createTicketIn, type TicketFixture } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants } from '../support/ticket-rows.js';

let desk: Desk;
/** Three tickets that differ in everything one can ask for. */
const made: Record<'first' | 'second' | 'third', TicketFixture> = {} as never;
beforeAll(async () => {
  desk = await openDesk();
  const cast = { owner: desk.admin, heirId: desk.colleague.id };
  made.first = await createTicket(desk.server, {
    ...{ donorId: 'kim', donorName: 'Kim Müller', donorEmail: 'kim.m@example.org' },
    ...{ subject: 'Broken receipt', category: 'Receipts and tax', priority: 'urgent' },
  });
  made.second = await createTicketIn(desk.server, 'pending', cast, {
    description: 'The card was charged twice',
  });
  made.third = await createTicketIn(desk.server, 'transferred', cast, { subject: 'Volunteering' });
  await ok(desk.admin.patch(`/tickets/${made.second.id}`, { tags: ['vip', 'refund'], team: 'MANAGER' }));
  await postMessage(made.second.donor, made.second.id, { content: 'I gave at the harbour festival' });
  await postNote(desk.admin, made.third.id, { content: 'Known for pranks' });
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

type Name = keyof typeof made;

async function found(query: string, who: Client = desk.admin): Promise<string[]> {
  const tickets = await ok(who.get(`/tickets?${query}`));
  const names = Object.entries(made);
  return tickets
    .map(({ id }: { id: string }) => names.find(([, ticket]) => ticket.id === id)?.[0] ?? 'another')
    .sort();
}

describe('filters', () => {
  const cases: [string, Name[]][] = [
    ['', ['first', 'second', 'third']],
    ['status=new', ['first']],
    ['status=new,transferred', ['first', 'third']],
    ['status=new,%20transferred,new', ['first', 'third']],
    ['status=closed', []],
    ['priority=urgent', ['first']],
    ['priority=medium', ['second', 'third']],
    ['category=Receipts%20and%20tax', ['first']],
    ['adminId=me', ['second']],
    ['adminId=none', ['first']],
    ['donorId=kim', ['first']],
    ['tag=vip', ['second']],
    ['tag=vi', []],
    ['team=MANAGER', ['second']],
    ['status=pending&tag=refund&team=MANAGER', ['second']],
    ['from=2020-01-01&to=2099-01-01', ['first', 'second', 'third']],
    ['to=2020-01-01T00:00:00Z', []],
    ['from=2099-01-01', []],
  ];
  test.each(cases)('?%s', async (query, names) => {
    expect(await found(query)).toEqual(names);
    const answer = await desk.admin.get(`/tickets?${query}`);
    expect(answer.headers.get('x-total-count')).toBe(String(names.length));
    expect(answer.headers.get('x-total-estimated')).toBeNull();
  });

  test('?adminId=<id> finds what that person owns', async () => {
    expect(await found(`adminId=${desk.colleague.id}`)).toEqual(['third']);
  });

  test('from and to are of the time of creation, from included and to not', async () => {
    const { createdAt } = made.second.created;
    const next = new Date(new Date(createdAt).getTime() + 1).toISOString();
    expect(await found(`from=${createdAt}&to=${next}`)).toContain('second');
    expect(await found(`from=${next}`)).not.toContain('second');
    expect(await found(`to=${createdAt}`)).not.toContain('second');
  });

  test.each([
    ['status', 'status=open'],
    ['status', 'status=new,'],
    ['status', 'status=new&status=closed'],
    ['status', 'status[not]=new'],
    ['priority', 'priority=none'],
    ['adminId', 'adminId=0'],
    ['adminId', 'adminId=99999999999'],
    ['team', 'team=X'],
    ['q', 'q='],
    ['q', `q=${'x'.repeat(201)}`],
    ['from', 'from=yesterday'],
    ['from', 'from=2026-W47'],
    ['from', 'from=2026-W47-3'],
    ['from', 'from=2026-200'],
    ['to', 'to=2026-02-30'],
    ['from', 'from=2026-11-20T25:00:00Z'],
    ['sort', 'sort=passwordHash'],
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['limit', 'limit=1e2'],
    ['page', 'page=0'],
    ['page', 'page=10000'],
    ['cursor', 'cursor=garbage'],
    ['cursor', 'cursor=OTk5OTk5OTk5OTk5OTk5OTk5LmE'],
    ['page', 'page=2&cursor=x'],
    ['role', 'role=x'],
  ])('a bad %s is a 400 that names it: ?%s', async (field, query) => {
    const answer = await desk.admin.get(`/tickets?${query}`);
    expectRefusal(answer, 400, 'BAD_REQUEST', '/tickets');
    expect(
      answer.body.errors.map(({ location }: { location: string }) => location.split(/[.[]/)[0]),
    ).toContain(field);
  });
});

describe('search', () => {
  const cases: [string, Name[]][] = [
    ['receipt', ['first']],
    ['RECEIPT broken', ['first']],
    ['"broken receipt"', ['first']],
    ['receipt charged', []],
    ['receipt or charged', ['first', 'second']],
    ['Müller', ['first']],
    ['kim.m@example.org', ['first']],
    ['charged -twice', []],
    ['harbour', ['second']],
    ['pranks', ['third']],
    ["it's & | ! :* <-> ((", []],
    ['%', []],
  ];
  test.each(cases)('q=%s', async (q, names) => {
    expect(await found(`q=${encodeURIComponent(q)}`)).toEqual(names);
  });

  test('finds a ticket by its number', async () => {
    const { number } = made.second.created;
    expect(await found(`q=${number}`)).toEqual(['second']);
    expect(await found(`q=${number.toLowerCase()}`)).toEqual(['second']);
  });

  test('goes together with filters', async () => {
    expect(await found('q=receipt%20or%20charged&status=pending')).toEqual(['second']);
  });
});

describe('a donor', () => {
  test('lists the tickets of the session, in the donor’s shape', async () => {
    expect(await found('', made.first.donor)).toEqual(['first']);
    const [ticket] = await ok(made.second.donor.get('/tickets'));
    expect(ticket).toMatchObject({ id: made.second.id, admin: { name: 'Ada', avatar: null } });
    expect(JSON.stringify(ticket)).not.toMatch(/tags|priority|team|username|version|helpfulNotes/);
  });

  test('does not find notes, nor other people’s tickets', async () => {
    expect(await found('q=pranks', made.third.donor)).toEqual([]);
    expect(await found('q=volunteering', made.third.donor)).toEqual(['third']);
    expect(await found('q=receipt', made.third.donor)).toEqual([]);
    const verified = await createDonorSession(desk.server.app, { donorId: 'lee', ownerKey: 'jwt::lee' });
    const lee = new Client(desk.server, verified.headers);
    await ok(lee.post('/tickets', { donorEmail: 'lee@example.org', subject: 'Mine' }), 201);
    expect(await found('donorId=lee', lee)).toEqual(['another']);
    for (const who of [made.third.donor, lee]) {
      expectRefusal(await who.get('/tickets?donorId=kim'), 400, 'BAD_REQUEST', '/tickets');
    }
  });

  test('finds a word of their own, however many others use it', async () => {
    await desk.db.query(
      `INSERT INTO tickets (id, donor_id, donor_email, subject, updated_at)
       SELECT gen_random_uuid(), 'mass', 'm@example.org', 'Volunteering', now() + interval '1 hour' FROM generate_series(1, 1100)`,
    );
    expect(await found('q=volunteering', made.third.donor)).toEqual(['third']);
    await desk.db.query(`DELETE FROM tickets WHERE donor_id = 'mass'`);
  });

  test('cannot ask by what only staff may know', async () => {
    for (const query of ['tag=vip', 'team=MANAGER', 'adminId=1', 'adminId=none', 'adminId=me']) {
      const answer = await made.second.donor.get(`/tickets?${query}`);
      expectRefusal(answer, 400, 'BAD_REQUEST', '/tickets');
      expect(answer.body.errors[0].location).toBe(query.split('=')[0]);
    }
  });

  test('needs a token', async () => {
    expectRefusal(await desk.link.get('/tickets'), 401, 'UNAUTHORIZED', '/tickets');
  });
});

describe('pages', () => {
  /** Follows rel=next to the end; `between` runs before each further page. */
  async function walk(first: string, between: (page: number) => Promise<unknown> = async () => undefined) {
    const pages: Answer[] = [];
    for (let path: string | undefined = first; path !== undefined;) {
      const answer: Answer = await desk.admin.get(path);
      expect(answer.status).toBe(200);
      pages.push(answer);
      path = /^<\/api\/v1(\/tickets\?[^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
      if (path !== undefined) await between(pages.length);
    }
    return pages;
  }
  const idsOf = (pages: Answer[]) =>
    pages.flatMap(({ body }) => body.map(({ id }: { id: string }) => id) as string[]);
  const crowd: TicketFixture[] = [];
  beforeAll(async () => {
    for (let n = 0; n < 23; n += 1) crowd.push(await createTicket(desk.server, { donorId: 'crowd' }));
  });

  test.each(['-updatedAt', 'updatedAt', '-createdAt', 'createdAt'])(
    'by cursor in the order of %s',
    async (sort) => {
      const pages = await walk(`/tickets?donorId=crowd&limit=5&sort=${sort}`);
      expect(pages.map(({ body }) => body.length)).toEqual([5, 5, 5, 5, 3]);
      const ids = idsOf(pages);
      expect(new Set(ids).size).toBe(23);
      expect(pages.map(({ headers }) => headers.get('x-total-count'))).toEqual([
        '23',
        null,
        null,
        null,
        null,
      ]);
      const field = sort.replace('-', '');
      const times = pages.flatMap(({ body }) => body.map((ticket: Record<string, string>) => ticket[field]));
      const ordered = [...times].sort();
      expect(times).toEqual(sort.startsWith('-') ? ordered.reverse() : ordered);
    },
  );

  test('is 100 rows to the caller for no page, and 20 by page or cursor', async () => {
    await desk.db.query(
      `INSERT INTO tickets (id, donor_id, donor_email) SELECT gen_random_uuid(), 'long', 'l@example.org' FROM generate_series(1, 130)`,
    );
    const [first, second] = await walk('/tickets?donorId=long');
    expect([first!.body.length, second!.body.length]).toEqual([100, 30]);
    expect(await ok(desk.admin.get('/tickets?donorId=long&page=1'))).toHaveLength(20);
    const cursor = new URLSearchParams(first!.headers.get('link')!.split('?')[1])
      .get('cursor')!
      .split('>')[0]!;
    const rest = await ok(desk.admin.get(`/tickets?donorId=long&cursor=${encodeURIComponent(cursor)}`));
    expect(rest).toHaveLength(20);
    await desk.db.query(`DELETE FROM tickets WHERE donor_id = 'long'`);
  });

  test('by number', async () => {
    const all = idsOf([await desk.admin.get('/tickets?donorId=crowd&limit=100')]);
    const read = async (page: number) =>
      idsOf([await desk.admin.get(`/tickets?donorId=crowd&limit=10&page=${page}`)]);
    expect([...(await read(1)), ...(await read(2)), ...(await read(3))]).toEqual(all);
    expect(await read(4)).toEqual([]);
    expect((await desk.admin.get('/tickets?donorId=crowd&limit=10&page=2')).headers.get('link')).toContain(
      'cursor=',
    );
  });

  test('by cursor skip and repeat nothing while tickets come and move', async () => {
    const pages = await walk('/tickets?donorId=crowd&limit=4&sort=-createdAt', async (page) => {
      await createTicket(desk.server, { donorId: 'crowd' });
      await postMessage(crowd[page * 3]!.donor, crowd[page * 3]!.id);
    });
    const ids = idsOf(pages);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(crowd.map(({ id }) => id)));
    const moving = await walk('/tickets?donorId=crowd&limit=4', (page) =>
      postMessage(crowd[page]!.donor, crowd[page]!.id),
    );
    const seen = idsOf(moving);
    expect(new Set(seen).size).toBe(seen.length);
    // Anyone who moved to the top while we read is on the next first page; the rest was not skipped.
    const moved = new Set(crowd.slice(1, moving.length).map(({ id }) => id));
    const still = crowd.map(({ id }) => id).filter((id) => !moved.has(id));
    expect(seen).toEqual(expect.arrayContaining(still));
  });

  test('tell the total as an estimate above 10,000', async () => {
    await desk.db.query(
      `INSERT INTO tickets (id, donor_id, donor_email) SELECT gen_random_uuid(), 'mass', 'm@example.org' FROM generate_series(1, 10001)`,
    );
    const { headers } = await desk.admin.get('/tickets?donorId=mass&limit=1');
    expect([headers.get('x-total-count'), headers.get('x-total-estimated')]).toEqual(['10000', 'true']);
    await desk.db.query(`DELETE FROM tickets WHERE donor_id = 'mass'`);
  });
});
