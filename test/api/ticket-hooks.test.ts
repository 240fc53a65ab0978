import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { TicketChange } from '../../src/domain/tickets/ticket-change.js';
import { TicketHooks, type TicketHook } from '../../src/domain/tickets/ticket-hooks.js';
import { forbidden } from '../../src/platform/http/errors/domain-error.js';
import { startCall } from '../factories/call.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { eventTypes, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
let first: TicketHook = {};
let second: TicketHook = {};

/** Hooks of this test, which take part after those of the product. */
function delegate(hook: () => TicketHook): TicketHook {
  return {
    statusChosen: (change, to) => hook().statusChosen?.(change, to),
    ending: (change, to) => hook().ending?.(change, to),
    ownerChanged: (change, owner) => hook().ownerChanged?.(change, owner),
    deleting: (change) => hook().deleting?.(change),
    erasing: (deletion) => hook().erasing?.(deletion),
  };
}

beforeAll(async () => {
  desk = await openDesk();
  const hooks = desk.server.app.get(TicketHooks);
  hooks.register(delegate(() => first));
  hooks.register(delegate(() => second));
});
afterEach(() => {
  first = {};
  second = {};
});
afterAll(() => desk.close());

const statusOf = async (id: string) => (await rowsOf(desk.db, id))!.ticket.status;
const mark = ({ tx, ticket }: TicketChange, note: string) =>
  tx.$executeRaw`UPDATE tickets SET helpful_notes = concat(helpful_notes, ${note}::text) WHERE id = ${ticket.id}::uuid`;

describe('hooks of a change', () => {
  test('run in the order of registration, before the change commits', async () => {
    const { id } = await createTicket(desk.server);
    const seen: string[] = [];
    second = { ending: async (_, to) => void seen.push(`second ${to} ${await statusOf(id)}`) };
    first = { ending: async (_, to) => void seen.push(`first ${to} ${await statusOf(id)}`) };
    await ok(desk.admin.put(`/tickets/${id}/close`));
    expect(seen).toEqual(['first closed new', 'second closed new']);
    expect(await statusOf(id)).toBe('closed');
  });

  test('write in the transaction of the change', async () => {
    const { id } = await createTicket(desk.server);
    first = {
      ending: async (change) => {
        await mark(change, 'first');
        change.record({ type: 'ticket.updated', public: false, data: { changes: { tags: ['ended'] } } });
      },
    };
    await ok(desk.admin.put(`/tickets/${id}/resolve`));
    expect((await rowsOf(desk.db, id))!.ticket.helpful_notes).toBe('first');
    expect(await eventTypes(desk.db, id, 1)).toEqual([
      'ticket.status_changed',
      'ticket.updated',
      'message.posted',
    ]);
  });

  test('undo the whole change when one throws, with what the others did', async () => {
    const { id, donor } = await createTicket(desk.server);
    const call = await startCall(donor, id, 'donor');
    const before = await rowsOf(desk.db, id);
    first = {
      ending: async (change) => {
        await mark(change, 'first');
      },
    };
    second = {
      ending: () => {
        throw forbidden('Not now.');
      },
    };
    expectRefusal(await desk.admin.put(`/tickets/${id}/resolve`), 403, 'FORBIDDEN');
    expect(await rowsOf(desk.db, id)).toEqual(before);
    expect((await ok(donor.get(`/calls/${call.id}`))).status).toBe('active');
    second = {};
    expect((await ok(desk.admin.put(`/tickets/${id}/resolve`))).helpfulNotes).toBe('first');
  });
});

describe('a hook hears', () => {
  test('that somebody else owns the ticket, or nobody', async () => {
    const { id } = await createTicket(desk.server);
    const owners: unknown[] = [];
    first = { ownerChanged: (_, owner) => void owners.push(owner) };
    await ok(desk.admin.put(`/tickets/${id}/assign`));
    await ok(desk.admin.post(`/tickets/${id}/transfer`, { toAdminId: desk.colleague.id }));
    await ok(desk.colleague.put(`/tickets/${id}`, { adminId: null }));
    expect(owners).toEqual([
      { from: null, to: desk.admin.id },
      { from: desk.admin.id, to: desk.colleague.id },
      { from: desk.colleague.id, to: null },
    ]);
  });

  test('which status staff have chosen, while the ticket still has the other', async () => {
    const { id } = await createTicket(desk.server);
    const chosen: string[] = [];
    first = { statusChosen: (change, to) => void chosen.push(`${change.ticket.status} ${to}`) };
    await ok(desk.admin.put(`/tickets/${id}`, { status: 'pending' }));
    expect(chosen).toEqual(['new pending']);
  });
});

describe('hooks of a deletion', () => {
  test('see the ticket, then that it is gone, and hear of the commit', async () => {
    const { id } = await createTicket(desk.server);
    const seen: string[] = [];
    first = {
      deleting: () => void seen.push('deleting'),
      erasing: (deletion) => {
        const count = () => deletion.tx.ticket.count({ where: { id } });
        seen.push('erasing');
        deletion.whenGone(async () => void seen.push(`gone, ${await count()} left`));
        deletion.afterCommit(() => void seen.push('committed'));
      },
    };
    await ok(desk.boss.delete(`/tickets/${id}`));
    expect(seen).toEqual(['deleting', 'erasing', 'gone, 0 left', 'committed']);
  });

  test('keep the ticket when one throws', async () => {
    const { id } = await createTicket(desk.server);
    const seen: string[] = [];
    first = {
      erasing: (deletion) => {
        deletion.afterCommit(() => void seen.push('committed'));
        deletion.whenGone(() => Promise.reject(forbidden('Not now.')));
      },
    };
    expectRefusal(await desk.boss.delete(`/tickets/${id}`), 403, 'FORBIDDEN');
    await ok(desk.admin.get(`/tickets/${id}`));
    expect(seen).toEqual([]);
  });
});
