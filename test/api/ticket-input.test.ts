import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postMessage } from '../factories/message.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { expectRefusal, ok, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants, rowsOf, type TicketRows } from '../support/ticket-rows.js';

let desk: Desk;
let ticket: TicketFixture;
let messageId: string;
let callId: string;
let before: TicketRows | null;
beforeAll(async () => {
  desk = await openDesk();
  ticket = await createTicket(desk.server, { callType: 'video' });
  callId = ticket.created.activeCallId;
  messageId = (await postMessage(desk.admin, ticket.id)).id;
  before = await rowsOf(desk.db, ticket.id);
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

type Kind = 'text' | 'enum' | 'integer' | 'flag' | 'uuid' | 'email' | 'list' | 'object';
interface Route {
  method: string;
  path: () => string;
  /** A body that would be accepted. */
  body: () => Record<string, unknown>;
  fields: Record<string, Kind>;
  /** Longest text of a field. */
  longest?: Record<string, number>;
}

const at = () => `/tickets/${ticket.id}`;
const CREATE: Route = {
  method: 'POST',
  path: () => '/tickets',
  body: () => ({ donorId: 'kim', donorEmail: 'kim@example.org' }),
  fields: {
    ...{ donorId: 'text', donorEmail: 'email', donorName: 'text', subject: 'text', description: 'text' },
    ...{ callType: 'enum', category: 'enum', priority: 'enum', context: 'object' },
  },
  longest: { donorId: 255, donorName: 120, subject: 200, description: 10_000 },
};
const UPDATE: Route = {
  method: 'PUT',
  path: at,
  body: () => ({}),
  fields: {
    ...{ description: 'text', subject: 'text', helpfulNotes: 'text', status: 'enum', adminId: 'integer' },
    ...{ priority: 'enum', category: 'enum', team: 'enum', tags: 'list', version: 'integer' },
  },
  longest: { description: 10_000, subject: 200, helpfulNotes: 2_000 },
};
const ROUTES: Record<string, Route> = {
  'POST /tickets': CREATE,
  'PUT /tickets/:id': UPDATE,
  'PATCH /tickets/:id': { ...UPDATE, method: 'PATCH' },
  'PUT /tickets/:id/assign': {
    ...{ method: 'PUT', path: () => `${at()}/assign`, body: () => ({}) },
    fields: { adminId: 'integer' },
  },
  'POST /tickets/:id/transfer': {
    ...{ method: 'POST', path: () => `${at()}/transfer`, body: () => ({ toAdminId: desk.colleague.id }) },
    fields: { toAdminId: 'integer', transferNotes: 'text' },
    longest: { transferNotes: 2_000 },
  },
  'POST /tickets/:id/rating': {
    ...{ method: 'POST', path: () => `${at()}/rating`, body: () => ({ rating: 5 }) },
    fields: { rating: 'integer', comment: 'text' },
    longest: { comment: 1_000 },
  },
  'POST /tickets/bulk': {
    ...{
      method: 'POST',
      path: () => '/tickets/bulk',
      body: () => ({ ids: [ticket.id], action: 'tag', tag: 'x' }),
    },
    fields: {
      ids: 'list',
      action: 'enum',
      adminId: 'integer',
      status: 'enum',
      priority: 'enum',
      tag: 'text',
    },
    longest: { tag: 50 },
  },
  'POST /tickets/:id/messages': {
    ...{ method: 'POST', path: () => `${at()}/messages`, body: () => ({ content: 'x' }) },
    fields: { content: 'text', senderId: 'text', senderType: 'enum', clientMessageId: 'text' },
    longest: { content: 10_000, senderId: 255, clientMessageId: 100 },
  },
  'POST /tickets/:id/notes': {
    ...{ method: 'POST', path: () => `${at()}/notes`, body: () => ({ content: 'x' }) },
    fields: { content: 'text', clientMessageId: 'text' },
    longest: { content: 10_000, clientMessageId: 100 },
  },
  'PUT /tickets/:id/messages/:id': {
    ...{ method: 'PUT', path: () => `${at()}/messages/${messageId}`, body: () => ({}) },
    fields: { content: 'text', isRead: 'flag' },
    longest: { content: 10_000 },
  },
  'POST /tickets/:id/messages/mark-read': {
    ...{ method: 'POST', path: () => `${at()}/messages/mark-read`, body: () => ({ senderType: 'donor' }) },
    fields: { senderType: 'enum' },
  },
  'POST /calls': {
    method: 'POST',
    path: () => '/calls',
    body: () => ({ ticketId: ticket.id, callType: 'video', initiatedBy: 'admin' }),
    fields: { ticketId: 'uuid', callType: 'enum', initiatedBy: 'enum' },
  },
  'PUT /calls/:id': {
    ...{ method: 'PUT', path: () => `/calls/${callId}`, body: () => ({ status: 'ended' }) },
    fields: { status: 'enum' },
  },
};

/** Values that no field of the kind takes. Objects such as {contains: ''} would be operators to Prisma. */
const BAD: Record<Kind, unknown[]> = {
  text: [7, true, [], ['x'], {}, { contains: '' }, { toString: 'x' }, 'nul\u0000'],
  enum: ['nope', '', 7, false, ['video'], { not: '' }, 'Video', 'pending '],
  integer: ['1', 1.5, -1, 0, 2_147_483_648, 1e20, true, [1], { gt: 0 }, {}],
  flag: ['true', 1, 0, 'no', [], {}],
  uuid: ['x', 7, '', '00000000-0000-0000-0000-00000000000g', [], {}, "' OR 1=1 --"],
  email: ['nobody', 7, 'a@b', ' @x.org', ['a@b.org'], {}, 'a@b.org\u0000'],
  list: ['x', 7, {}, [7], [['x']], [{}], [''], ['nul\u0000']],
  object: ['x', 7, true, [], [1]],
};

async function refused(
  route: Route,
  body: unknown,
  field: string | undefined,
  status = 400,
): Promise<Answer> {
  const answer = await desk.admin.ask(route.method, route.path(), body);
  const code = { 400: 'BAD_REQUEST', 413: 'PAYLOAD_TOO_LARGE', 415: 'UNSUPPORTED_MEDIA_TYPE' } as const;
  expectRefusal(answer, status, code[status as 400], route.path());
  if (field !== undefined) {
    const named = answer.body.errors.map(({ location }: { location: string }) => location.split('.')[0]);
    expect({ body, named }).toEqual({ body, named: expect.arrayContaining([field]) });
    for (const error of answer.body.errors)
      expect(error).toMatchObject({ message: expect.any(String), type: expect.any(String) });
  }
  return answer;
}

describe.each(Object.entries(ROUTES))('%s', (_name, route) => {
  test('refuses values of other types, naming the field', async () => {
    for (const [field, kind] of Object.entries(route.fields)) {
      for (const value of BAD[kind]) await refused(route, { ...route.body(), [field]: value }, field);
    }
    expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
  });

  test('refuses texts that are too long', async () => {
    for (const [field, longest] of Object.entries(route.longest ?? {})) {
      await refused(route, { ...route.body(), [field]: 'x'.repeat(longest + 1) }, field);
    }
    expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
  });

  test('refuses fields that are not its own', async () => {
    const foreign = [
      'role',
      'isActive',
      'seq',
      'publicSeq',
      'passwordHash',
      'createdAt',
      'id',
      'donorSessionId',
      'lastSeq',
    ];
    for (const field of foreign) {
      const { body } = await refused(route, { ...route.body(), [field]: 1 }, field);
      expect(body.errors).toContainEqual(expect.objectContaining({ location: field, type: 'unknown_field' }));
    }
    const text = JSON.stringify(route.body());
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const rest = text === '{}' ? '}' : `,${text.slice(1)}`;
      await refused(route, `{"${name}":{"role":"SUPER_ADMIN"}${rest}`, name);
    }
    expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
  });

  test('refuses bodies that are no object of its kind', async () => {
    for (const body of ['[]', '"text"', '7', '[{}]', '{"a":', 'nul', '']) {
      const needsBody = Object.keys(route.body()).length > 0;
      if (body === '' && !needsBody) continue;
      const answer = await desk.admin.ask(route.method, route.path(), body);
      expectRefusal(answer, 400, 'BAD_REQUEST', route.path());
    }
    const deep = `${'{"a":'.repeat(12)}1${'}'.repeat(12)}`;
    await refused(route, `{"context":${deep}}`, 'context');
    await refused(route, { ...route.body(), padding: 'x'.repeat(110_000) }, undefined, 413);
    const other = { 'content-type': 'application/x-www-form-urlencoded' };
    const form = await desk.admin.ask(route.method, route.path(), 'a=b', other);
    expectRefusal(form, 415, 'UNSUPPORTED_MEDIA_TYPE', route.path());
    expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
  });
});

describe('what is left out', () => {
  test('may be null as well', async () => {
    const nothing = Object.fromEntries(Object.keys(CREATE.fields).map((field) => [field, null]));
    const body = { ...nothing, donorId: 'kim', donorEmail: 'kim@example.org' };
    const created = await ok(desk.link.post('/tickets', body), 201);
    expect(created).toMatchObject({ subject: null, call: null, callType: null });
    expect((await rowsOf(desk.db, created.id))!.ticket).toMatchObject({ context: {}, priority: 'medium' });
    const message = { content: 'x', senderId: null, senderType: null, clientMessageId: null };
    const donor = { authorization: `Bearer ${created.donorToken}` };
    await ok(desk.link.ask('POST', `/tickets/${created.id}/messages`, message, donor), 201);
    const transfer = { toAdminId: desk.colleague.id, transferNotes: null };
    await ok(desk.admin.post(`/tickets/${created.id}/transfer`, transfer));
  });

  test.each([
    ['donorId', { donorEmail: 'kim@example.org' }],
    ['donorEmail', { donorId: 'kim' }],
    ['donorId', { donorId: null, donorEmail: 'kim@example.org' }],
    ['donorId', {}],
  ])('%s is asked for', async (field, body) => {
    const answer = await desk.link.post('/tickets', body);
    expectRefusal(answer, 400, 'BAD_REQUEST', '/tickets');
    expect(answer.body.errors.map(({ location }: { location: string }) => location)).toContain(field);
  });

  test('an update with nothing changes nothing', async () => {
    expect(await ok(desk.admin.put(at(), {}))).toMatchObject({ version: before!.ticket.version });
    expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
  });
});

test('a context takes 4 kB of JSON, whatever it holds', async () => {
  const body = (text: string) => ({ ...CREATE.body(), context: { text } });
  await ok(desk.link.post('/tickets', body('x'.repeat(4_000))), 201);
  await refused(CREATE, body('x'.repeat(4_200)), 'context');
  await refused(CREATE, body('ä'.repeat(2_100)), 'context');
});

test('text is kept as it was written', async () => {
  const content =
    ' <script>alert(1)</script> ${x} \\u0041 😀 \u202e ‮ {"a":1} %s \'; DROP TABLE tickets; -- \n\ttab ';
  expect(await postMessage(ticket.donor, ticket.id, { content })).toMatchObject({ content });
  const half = await ticket.donor.post(`${at()}/messages`, '{"content":"half a pair \\ud83d"}');
  expect([201, 400]).toContain(half.status);
  const note = await desk.admin.post(`${at()}/notes`, '{"content":"half a pair \\ud83d"}');
  expect([201, 400]).toContain(note.status);
  const context = await desk.link.post(
    '/tickets',
    '{"donorId":"a","donorEmail":"a@b.org","context":{"x":"\\ud83d"}}',
  );
  expect([201, 400]).toContain(context.status);
});

describe('addresses', () => {
  const ids = ['x', '1', 'null', "'--", '00000000-0000-0000-0000-00000000000g', '%7B%7D', 'me'];
  test.each(ids)('%s is no id', async (id) => {
    const paths = [
      ['GET', `/tickets/${id}`, 'id'],
      ['PUT', `/tickets/${id}`, 'id'],
      ['GET', `/tickets/${id}/messages`, 'ticketId'],
      ['PUT', `${at()}/messages/${id}`, 'id'],
      ['GET', `/calls/${id}`, 'id'],
      ['GET', `/calls/ticket/${id}`, 'ticketId'],
    ] as const;
    for (const [method, path, location] of paths) {
      const answer = await desk.admin.ask(method, path, method === 'PUT' ? {} : undefined);
      expectRefusal(answer, 400, 'BAD_REQUEST', path);
      expect(answer.body.errors[0].location).toBe(location);
    }
  });

  test('a NUL or a broken % sequence in one is a 400', async () => {
    for (const path of [
      '/tickets/donor/a%00b',
      '/tickets/donor/a%',
      `/tickets?q=%00`,
      '/tickets?__proto__=1',
    ]) {
      expectRefusal(await desk.admin.get(path), 400, 'BAD_REQUEST');
    }
  });
});
