import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LIMITS } from '../../src/contract/ticket-fields.js';
import { createTicket } from '../factories/ticket.factory.js';
import { ok, type Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const NONE = { reply: null, note: null };
const rows = async (ticketId: string): Promise<number> =>
  (await desk.db.query('SELECT FROM drafts WHERE ticket_id = $1', [ticketId])).rowCount!;

describe('what staff have not sent yet', () => {
  async function scene() {
    const { id, donor } = await createTicket(desk.server);
    const at = `/tickets/${id}/drafts`;
    const save = (who: Client, kind: string, content: string) => ok(who.put(at, { kind, content }));
    return { id, donor, at, save };
  }

  test('is kept for its author alone, a reply and a note', async () => {
    const { at, save } = await scene();
    expect(await ok(desk.admin.get(at))).toEqual(NONE);
    await save(desk.admin, 'reply', 'Dear Dora,\n ');
    expect(await save(desk.admin, 'note', 'Ask the bank')).toEqual({
      reply: 'Dear Dora,\n ',
      note: 'Ask the bank',
    });
    expect(await ok(desk.colleague.get(at))).toEqual(NONE);
    await save(desk.admin, 'reply', 'Dear Dora, thank you');
    expect(await ok(desk.admin.get(at))).toEqual({ reply: 'Dear Dora, thank you', note: 'Ask the bank' });
  });

  test('changes nothing of the ticket', async () => {
    const { id, save } = await scene();
    const before = await ok(desk.admin.get(`/tickets/${id}`));
    await save(desk.admin, 'reply', 'Dear');
    expect(await ok(desk.admin.get(`/tickets/${id}`))).toEqual(before);
  });

  test('goes when it is blank, and with its ticket', async () => {
    const { id, at, save } = await scene();
    await save(desk.admin, 'reply', 'Dear Dora');
    expect(await save(desk.admin, 'reply', ' \n')).toEqual(NONE);
    expect(await rows(id)).toBe(0);
    await save(desk.boss, 'note', 'Erase me');
    await ok(desk.boss.delete(`/tickets/${id}`));
    expect(await rows(id)).toBe(0);
    expect((await desk.boss.get(at)).status).toBe(404);
    expect((await desk.boss.put(at, { kind: 'reply', content: 'x' })).status).toBe(404);
  });

  test('is one, however many devices save it in one moment', async () => {
    const { id, save } = await scene();
    await Promise.all([1, 2, 3, 4, 5, 6].map((n) => save(desk.admin, 'reply', `Version ${n}`)));
    expect(await rows(id)).toBe(1);
  });

  test.each([
    ['another kind', { kind: 'mail', content: 'x' }],
    ['no text', { kind: 'reply' }],
    ['a text that no message could have', { kind: 'reply', content: 'x'.repeat(LIMITS.message + 1) }],
    ['more than is asked for', { kind: 'reply', content: 'x', userId: 1 }],
  ])('is refused with %s', async (_name, body) => {
    const { at } = await scene();
    expect((await desk.admin.put(at, body)).status).toBe(400);
  });
});
