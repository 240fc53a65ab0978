import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { provisionStaff } from '../support/staff-people.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

describe('tags and skills', () => {
  test('a tag that a ticket gets is found by a part of its name, those that begin so first', async () => {
    const { id } = await createTicket(desk.server);
    await ok(desk.admin.patch(`/tickets/${id}`, { tags: ['Big gift', 'Gift aid', 'pay%'] }));
    const names = async (q: string) =>
      (await ok(desk.admin.get(`/tags?q=${encodeURIComponent(q)}`))).map((tag: { name: string }) => tag.name);
    expect(await names('gift')).toEqual(['Gift aid', 'Big gift']);
    expect(await names('%')).toEqual(['pay%']);
    expect(await ok(desk.admin.get('/tags?limit=1'))).toHaveLength(1);
    expectRefusal(await desk.admin.get('/tags?limit=101'), 400, 'BAD_REQUEST');
    const [{ id: tag }] = await ok(desk.admin.get('/tags?q=gift%20aid'));
    expect(await ok(desk.boss.patch(`/tags/${tag}`, { colour: '#1a7f64' }))).toMatchObject({
      colour: '#1a7f64',
    });
    expect(await ok(desk.boss.delete(`/tags/${tag}`))).toEqual({ outcome: 'archived' });
  });

  test('a tag that no super admin described is listed as long as a ticket has it', async () => {
    const [first, second] = [await createTicket(desk.server), await createTicket(desk.server)];
    await ok(desk.boss.post('/tags', { name: 'Kept by hand' }), 201);
    const both = { tags: ['Kept by hand', 'Aunt Maria', 'Uncle Jo'] };
    for (const { id } of [first, second]) await ok(desk.admin.patch(`/tickets/${id}`, both));
    const listed = async () =>
      (await ok(desk.admin.get('/tags?limit=100')))
        .map(({ name }: { name: string }) => name)
        .filter((name: string) => [...both.tags].includes(name));
    await ok(desk.admin.patch(`/tickets/${first.id}`, { tags: ['Aunt Maria'] }));
    expect(await listed()).toEqual(['Aunt Maria', 'Kept by hand', 'Uncle Jo']);
    await ok(desk.admin.patch(`/tickets/${second.id}`, { tags: [] }));
    expect(await listed()).toEqual(['Aunt Maria', 'Kept by hand']);
    await ok(desk.boss.delete(`/tickets/${first.id}`));
    expect(await listed()).toEqual(['Kept by hand']);
  });

  test('a skill that somebody has is listed, and archived instead of deleted', async () => {
    const { id: person } = await provisionStaff(desk);
    await ok(desk.boss.put(`/users/${person}/skills`, { skills: [{ skill: 'Tax law', proficiency: 4 }] }));
    const skill = (await ok(desk.admin.get('/skills'))).find(
      ({ name }: { name: string }) => name === 'Tax law',
    );
    expect(await ok(desk.boss.delete(`/skills/${skill.id}`))).toEqual({ outcome: 'archived' });
  });
});
