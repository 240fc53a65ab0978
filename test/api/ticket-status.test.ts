import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TICKET_STATUSES, type TicketStatus } from '../../src/contract/ticket-status.js';
import { canMove, ENDING_STATUSES, TRANSITIONS } from '../../src/domain/tickets/ticket.transitions.js';
import { createTicketIn } from '../factories/ticket.factory.js';
import { expectRefusal, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectGolden } from '../support/golden.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

const ticketIn = (status: TicketStatus) =>
  createTicketIn(desk.server, status, { owner: desk.admin, heirId: desk.colleague.id });

/** The verbs, and where each wants to bring a ticket; the super admin uses them, who may work on anybody's. */
const VERBS: Record<string, { to: TicketStatus; run: (id: string, donorId: string) => Promise<Answer> }> = {
  assign: {
    to: 'pending',
    run: (id) => desk.boss.put(`/tickets/${id}/assign`, { adminId: desk.colleague.id }),
  },
  transfer: {
    to: 'transferred',
    run: (id) => desk.boss.post(`/tickets/${id}/transfer`, { toAdminId: desk.boss.id }),
  },
  resolve: { to: 'resolved', run: (id) => desk.boss.put(`/tickets/${id}/resolve`) },
  'donor resolve': {
    to: 'resolved',
    run: (id, donorId) => desk.link.put(`/tickets/${id}/donor/${donorId}/resolve`),
  },
  close: { to: 'closed', run: (id) => desk.boss.put(`/tickets/${id}/close`) },
  cancel: { to: 'cancelled', run: (id) => desk.boss.put(`/tickets/${id}/cancel`) },
  reopen: { to: 'pending', run: (id) => desk.boss.put(`/tickets/${id}/reopen`) },
  call: {
    to: 'active_call',
    run: (id) => desk.boss.post('/calls', { ticketId: id, callType: 'video', initiatedBy: 'admin' }),
  },
};

/** Where the verb leaves the ticket; undefined where it is refused. */
function outcome(verb: string, from: TicketStatus): TicketStatus | undefined {
  const { to } = VERBS[verb]!;
  if (from === to && to === 'active_call') return from;
  if (from === to && to === 'resolved') return from;
  if (verb === 'reopen') return ENDING_STATUSES.has(from) ? to : undefined;
  // Giving a ticket to somebody changes its owner; only one that waits for its owner becomes pending, and one that is over
  // must be reopened first.
  if (verb === 'assign' && ENDING_STATUSES.has(from)) return undefined;
  if (verb === 'assign') return ['new', 'transferred'].includes(from) ? to : from;
  return canMove(from, to) ? to : undefined;
}

type Runner = (id: string, donorId: string) => Promise<Answer>;

async function check(from: TicketStatus, to: TicketStatus, expected: TicketStatus | undefined, run: Runner) {
  const { id, donorId } = await ticketIn(from);
  const before = (await rowsOf(desk.db, id))!;
  expect(before.ticket.status).toBe(from);
  const answer = await run(id, donorId);
  const after = (await rowsOf(desk.db, id))!;
  if (expected === undefined) {
    expectRefusal(answer, 409, 'ILLEGAL_TRANSITION');
    expect(answer.body).toMatchObject({ from, to });
    expect(after).toEqual(before);
    return;
  }
  expect([200, 201]).toContain(answer.status);
  expect(after.ticket.status).toBe(expected);
  const events = after.events.slice(before.events.length);
  const moves = events.filter(({ type }) => type === 'ticket.status_changed').map(({ data }) => data);
  const isTransfer = events.some(({ type }) => type === 'ticket.transferred');
  if (from === expected && !isTransfer) expect(moves).toEqual([]);
  // Calling about a ticket that nobody owns takes it first.
  else if (from === 'new' && to === 'active_call')
    expect(moves).toEqual([
      { from, to: 'pending' },
      { from: 'pending', to },
    ]);
  else expect(moves).toEqual([{ from, to }]);
}

describe.each(TICKET_STATUSES.map((from) => ({ from })))('a $from ticket', ({ from }) => {
  test.each(Object.keys(VERBS))('%s', async (verb) => {
    const { to, run } = VERBS[verb]!;
    await check(from, to, outcome(verb, from), run);
  });

  test.each(TICKET_STATUSES.map((to) => ({ to })))('PUT status $to', async ({ to }) => {
    const run = (id: string) => desk.boss.put(`/tickets/${id}`, { status: to });
    const needsVerb = to === 'transferred' || to === 'active_call' || to === 'new';
    if (from === to || !needsVerb) {
      await check(from, to, from === to || canMove(from, to) ? to : undefined, run);
      return;
    }
    const { id } = await ticketIn(from);
    const before = await rowsOf(desk.db, id);
    const answer = await run(id);
    expectRefusal(answer, 400, 'BAD_REQUEST', `/tickets/${id}`);
    expect(answer.body.errors).toEqual([expect.objectContaining({ location: 'status' })]);
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });
});

test('the times of an end come and go with it', async () => {
  const { id } = await ticketIn('pending');
  const at = `/tickets/${id}`;
  const times = async () => {
    const { resolved_at, resolved_by_id, closed_at } = (await rowsOf(desk.db, id))!.ticket;
    return [resolved_at !== null, resolved_by_id, closed_at !== null];
  };
  await desk.admin.put(`${at}/resolve`);
  expect(await times()).toEqual([true, desk.admin.id, false]);
  await desk.admin.put(`${at}/close`);
  expect(await times()).toEqual([true, desk.admin.id, true]);
  await desk.admin.put(`${at}/reopen`);
  expect(await times()).toEqual([false, null, false]);
  await desk.admin.put(`${at}/cancel`);
  expect(await times()).toEqual([false, null, true]);
});

test('docs/states.md shows the table', () => {
  const arrows = TICKET_STATUSES.flatMap((from) => TRANSITIONS[from].map((to) => `  ${from} --> ${to}`));
  const diagram = ['stateDiagram-v2', '  [*] --> new', ...arrows, '  closed --> [*]', '  cancelled --> [*]'];
  const rows = TICKET_STATUSES.map(
    (from) => `| \`${from}\` | ${TRANSITIONS[from].map((to) => `\`${to}\``).join(', ')} |`,
  );
  expectGolden(
    'docs/states.md',
    [
      '# The states of a ticket',
      '',
      'Printed from `src/domain/tickets/ticket.transitions.ts`. After a change there:',
      '`UPDATE_GOLDEN=1 npm test -- test/api/ticket-status.test.ts`.',
      '',
      '```mermaid',
      ...diagram,
      '```',
      '',
      '| from | to |',
      '| --- | --- |',
      ...rows,
      '',
      'Any other change is refused with 409 `ILLEGAL_TRANSITION`, which names `from` and `to`.',
      '',
    ].join('\n'),
  );
});
