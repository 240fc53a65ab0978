import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TEAMS, TICKET_CATEGORIES } from '../../src/contract/ticket-fields.js';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { provisionStaff } from '../support/staff-people.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const LISTS = ['teams', 'categories', 'tags', 'skills'] as const;
type List = (typeof LISTS)[number];
const KIND = { teams: 'team', categories: 'category', tags: 'tag', skills: 'skill' } as const;

let count = 0;
const bodyOf = (list: List): Record<string, string> => {
  const number = ++count;
  return list === 'teams' ? { key: `TEAM_${number}`, name: `Team ${number}` } : { name: `Name ${number}` };
};
const keyOf = (list: List, row: Record<string, string>) => (list === 'teams' ? row['key'] : row['name']);

async function auditOf(subject: string): Promise<{ action: string; data: unknown; actor_id: string }[]> {
  const { rows } = await desk.db.query(
    'SELECT action, data, actor_id FROM audit_log WHERE subject = $1 ORDER BY id',
    [subject],
  );
  return rows;
}

/** Makes a ticket with these fields; the answer of the one request that is told. */
const open = (body: Record<string, unknown>) =>
  desk.link.post('/tickets', { donorId: `d-${++count}`, donorEmail: 'd@example.org', ...body });

describe('a new desk', () => {
  test('has the teams and categories that clients have always known', async () => {
    const teams = await ok(desk.admin.get('/teams'));
    expect(teams.map(({ key }: { key: string }) => key)).toEqual([...TEAMS]);
    expect(teams[0]).toEqual({
      id: expect.any(Number),
      key: 'GENERAL',
      name: 'General',
      position: 1,
      archivedAt: null,
    });
    const categories = await ok(desk.admin.get('/categories'));
    expect(categories.map(({ name }: { name: string }) => name)).toEqual([...TICKET_CATEGORIES]);
    expect(categories[0]).toMatchObject({
      slug: 'general-question',
      names: { en: 'General question', de: 'Allgemeine Frage', ar: 'سؤال عام' },
    });
  });

  test.each([
    ['', 'Problem with a donation'],
    ['?lang=de', 'Problem mit einer Spende'],
    ['?lang=de-AT', 'Problem mit einer Spende'],
    ['?lang=ja', 'Problem with a donation'],
  ])('GET /tickets/categories%s calls a category "%s"', async (query, label) => {
    const answer = await ok(desk.link.get(`/tickets/categories${query}`));
    expect(answer.categories).toEqual([...TICKET_CATEGORIES]);
    expect(answer.labels[1]).toEqual({ name: 'Donation problem', label });
  });

  test.each(['x', 'de_AT', 'a'.repeat(60), '%00'])('refuses lang=%s', async (lang) => {
    expectRefusal(await desk.link.get(`/tickets/categories?lang=${lang}`), 400, 'BAD_REQUEST');
  });
});

describe.each(LISTS)('/%s', (list) => {
  test('a super admin adds, changes, archives and restores a row, and each is in the audit log', async () => {
    const body = bodyOf(list);
    const made = await ok(desk.boss.post(`/${list}`, body), 201);
    expect(made).toMatchObject({ ...body, archivedAt: null });
    const change =
      list === 'teams'
        ? { name: 'Renamed' }
        : list === 'categories'
          ? { names: { fr: 'Nom' } }
          : { description: 'Why' };
    expect(await ok(desk.boss.patch(`/${list}/${made.id}`, change))).toEqual({ ...made, ...change });
    expect(await ok(desk.boss.patch(`/${list}/${made.id}`, change))).toEqual({ ...made, ...change });
    const archived = await ok(desk.boss.patch(`/${list}/${made.id}`, { archived: true }));
    expect(archived.archivedAt).toMatch(/Z$/);
    expect(await ids(list, '')).not.toContain(made.id);
    expect(await ids(list, '?archived=true')).toContain(made.id);
    expect(await ok(desk.boss.patch(`/${list}/${made.id}`, { archived: false }))).toMatchObject({
      archivedAt: null,
    });
    expect(await auditOf(`${KIND[list]}:${keyOf(list, body)}`)).toEqual(
      [
        ['taxonomy.created', {}],
        ['taxonomy.updated', { fields: Object.keys(change) }],
        ['taxonomy.archived', {}],
        ['taxonomy.restored', {}],
      ].map(([action, data]) => ({ action, data, actor_id: String(desk.boss.id) })),
    );
  });

  test('a name that exists is refused with a code of its own, and the Idempotency-Key repeats the answer', async () => {
    const body = bodyOf(list);
    const key = { 'idempotency-key': `taxonomy-${list}-0001` };
    const made = await ok(desk.boss.post(`/${list}`, body, key), 201);
    expect(await ok(desk.boss.post(`/${list}`, body, key), 201)).toEqual(made);
    const twice = await desk.boss.post(`/${list}`, body);
    expectRefusal(twice, 409, `${KIND[list].toUpperCase()}_EXISTS` as 'TEAM_EXISTS');
  });

  test('deletes what nothing uses, once', async () => {
    const body = bodyOf(list);
    const { id } = await ok(desk.boss.post(`/${list}`, body), 201);
    expect(await ok(desk.boss.delete(`/${list}/${id}`))).toEqual({ outcome: 'deleted' });
    expectRefusal(await desk.boss.delete(`/${list}/${id}`), 404, 'NOT_FOUND');
    expectRefusal(await desk.boss.patch(`/${list}/${id}`, {}), 404, 'NOT_FOUND');
    expect((await auditOf(`${KIND[list]}:${keyOf(list, body)}`)).map(({ action }) => action)).toEqual([
      'taxonomy.created',
      'taxonomy.deleted',
    ]);
  });

  test.each([
    [{}],
    [{ name: '' }],
    [{ name: 'x'.repeat(200) }],
    [{ name: 'two\nlines' }],
    [{ name: 7 }],
    [{ name: 'a', x: 1 }],
  ])('refuses the body %j', async (body) => {
    expectRefusal(
      await desk.boss.post(`/${list}`, { ...(list === 'teams' && { key: 'OK' }), ...body }),
      400,
      'BAD_REQUEST',
    );
  });

  test('a refused change leaves no audit entry', async () => {
    const { rows } = await desk.db.query('SELECT max(id) AS id FROM audit_log');
    const body = bodyOf(list);
    await desk.boss.post(`/${list}`, body);
    await desk.boss.post(`/${list}`, body);
    const entries = await desk.db.query('SELECT 1 FROM audit_log WHERE id > $1', [rows[0].id]);
    expect(entries.rowCount).toBe(1);
  });
});

async function ids(list: List, query: string): Promise<number[]> {
  const rows = await ok(desk.admin.get(`/${list}${query}`));
  return rows.map(({ id }: { id: number }) => id);
}

test.each([
  ['teams', { key: 'lower', name: 'x' }, 'key'],
  ['teams', { key: 'A'.repeat(21), name: 'x' }, 'key'],
  ['teams', { key: 'OK', name: 'x', position: -1 }, 'position'],
  ['categories', { name: 'x', names: ['de'] }, 'names'],
  ['categories', { name: 'x', names: { de: '' } }, 'names'],
  ['categories', { name: 'x', names: { de: 'a\nb' } }, 'names'],
  ['categories', { name: 'x', names: { 'not a tag': 'b' } }, 'names'],
  ['categories', { name: 'x', names: { de: 'b'.repeat(121) } }, 'names'],
  [
    'categories',
    { name: 'x', names: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`de-aa${n}`, 'x'])) },
    'names',
  ],
  ['tags', { name: 'x', colour: 'red' }, 'colour'],
  ['tags', { name: 'x', description: 'y'.repeat(301) }, 'description'],
  ['skills', { name: 'x', description: 'y'.repeat(301) }, 'description'],
])('POST /%s with %j names the fault', async (list, body, location) => {
  const answer = await desk.boss.post(`/${list}`, body);
  expectRefusal(answer, 400, 'BAD_REQUEST');
  expect(answer.body.errors).toMatchObject([{ location }]);
});

describe('a category of a ticket', () => {
  test('counts from the moment it is added, here and on another process', async () => {
    expect((await open({ category: 'Legacies' })).status).toBe(400);
    await ok(desk.boss.post('/categories', { name: 'Legacies', names: { de: 'Vermächtnisse' } }), 201);
    expect(await ok(open({ category: 'Legacies' }), 201)).toMatchObject({ category: 'Legacies' });
    const listed = await ok(desk.link.get('/tickets/categories?lang=de'));
    expect(listed.labels.at(-1)).toEqual({ name: 'Legacies', label: 'Vermächtnisse' });
    await desk.db.query(`INSERT INTO categories (slug, name) VALUES ('elsewhere', 'Elsewhere')`);
    expect(await ok(open({ category: 'Elsewhere' }), 201)).toMatchObject({ category: 'Elsewhere' });
  });

  test.each([...TICKET_CATEGORIES])(
    '%s stays valid when it is archived, and is offered no more',
    async (name) => {
      const { rows } = await desk.db.query('SELECT id FROM categories WHERE name = $1', [name]);
      expect(await ok(desk.boss.delete(`/categories/${rows[0].id}`))).toEqual({ outcome: 'archived' });
      expect((await ok(desk.link.get('/tickets/categories'))).categories).not.toContain(name);
      const { id } = await ok(open({ category: name }), 201);
      expect(await ok(desk.admin.put(`/tickets/${id}`, { category: null }))).toMatchObject({
        category: null,
      });
      expect(await ok(desk.admin.put(`/tickets/${id}`, { category: name }))).toMatchObject({
        category: name,
      });
      await ok(desk.boss.patch(`/categories/${rows[0].id}`, { archived: false }));
    },
  );

  test('that a ticket or an article has is archived, not deleted', async () => {
    const made = await ok(desk.boss.post('/categories', { name: 'In use' }), 201);
    await ok(open({ category: 'In use' }), 201);
    expect(await ok(desk.boss.delete(`/categories/${made.id}`))).toEqual({ outcome: 'archived' });
    const other = await ok(desk.boss.post('/categories', { name: 'In  use!' }), 201);
    expect(other.slug).toBe('in-use-2');
    await desk.db.query(
      `INSERT INTO articles (id, slug, title, body, category_id) VALUES (gen_random_uuid(), 's', 't', 'b', $1)`,
      [other.id],
    );
    expect(await ok(desk.boss.delete(`/categories/${other.id}`))).toEqual({ outcome: 'archived' });
  });

  test.each(['No such', 'donation problem', '', 7, ['Feedback']])(
    '%j is refused and the list is named',
    async (category) => {
      const answer = await open({ category });
      expectRefusal(answer, 400, 'BAD_REQUEST');
      expect(answer.body.errors).toMatchObject([{ location: 'category' }]);
      if (category === 'No such')
        expect(answer.body.errors[0]).toMatchObject({
          type: 'isIn',
          message: expect.stringContaining('Feedback'),
        });
    },
  );
});

describe('a team', () => {
  test('that was added takes tickets and staff, with the event row, and is then archived instead of deleted', async () => {
    const { id } = await createTicket(desk.server);
    expectRefusal(await desk.admin.patch(`/tickets/${id}`, { team: 'LEGACIES' }), 400, 'BAD_REQUEST');
    const team = await ok(desk.boss.post('/teams', { key: 'LEGACIES', name: 'Legacies' }), 201);
    expect(team.position).toBeGreaterThan(4);
    expect(await ok(desk.admin.patch(`/tickets/${id}`, { team: 'LEGACIES' }))).toMatchObject({
      team: 'LEGACIES',
    });
    const { rows } = await desk.db.query(
      `SELECT data, public_seq FROM ticket_events WHERE ticket_id = $1 AND type = 'ticket.updated'`,
      [id],
    );
    expect(rows).toEqual([{ data: { changes: { team: 'LEGACIES' } }, public_seq: null }]);
    const listed = await ok(desk.admin.get('/tickets?team=LEGACIES'));
    expect(listed.map((ticket: { id: string }) => ticket.id)).toEqual([id]);
    const { id: person } = await provisionStaff(desk);
    expect(await ok(desk.boss.patch(`/users/${person}`, { team: 'LEGACIES' }))).toMatchObject({
      team: 'LEGACIES',
    });
    expectRefusal(await desk.boss.patch(`/users/${person}`, { team: 'NOBODY' }), 400, 'BAD_REQUEST');
    expect(await ok(desk.boss.delete(`/teams/${team.id}`))).toEqual({ outcome: 'archived' });
  });

  test('that new tickets go to can be renamed, neither archived nor deleted', async () => {
    const [general] = await ok(desk.admin.get('/teams'));
    expectRefusal(await desk.boss.delete(`/teams/${general.id}`), 409, 'TEAM_REQUIRED');
    expectRefusal(await desk.boss.patch(`/teams/${general.id}`, { archived: true }), 409, 'TEAM_REQUIRED');
    expect(await ok(desk.boss.patch(`/teams/${general.id}`, { name: 'Front desk' }))).toMatchObject({
      name: 'Front desk',
    });
  });
});

test('a list that is full says so', async () => {
  await desk.db.query(
    `INSERT INTO teams (key, name) SELECT 'F' || n, 'F' || n FROM generate_series(1, 50) n`,
  );
  expectRefusal(await desk.boss.post('/teams', { key: 'ONE_MORE', name: 'x' }), 409, 'LIST_FULL');
  await desk.db.query(`DELETE FROM teams WHERE key LIKE 'F%'`);
});
