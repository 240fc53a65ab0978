import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TicketStatus } from '../../src/contract/ticket-status.js';
import { SYSTEM } from '../../src/domain/auth/actor.js';
import { TicketAssignmentService } from '../../src/domain/tickets/working/ticket-assignment.service.js';
import { createTicketIn } from '../factories/ticket.factory.js';
import { Crowd } from '../realtime/socket-person.js';
import { expectRefusal, ok, type Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { auditOf, provisionStaff } from '../support/staff-people.js';
import { login, send } from './auth-client.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
const crowd = new Crowd(() => desk.server.url);
afterAll(async () => {
  crowd.leave();
  await desk.close();
});

describe('PATCH /users/:id', () => {
  test('changes what it names and says so in the audit log; the same again changes nothing', async () => {
    const other = await provisionStaff(desk);
    const body = { name: 'New Name', team: 'TECHNICAL', capacity: 3, availability: 'away', email: null };
    // Available or away is who has a dashboard open; the choice is kept for then.
    const { availability: chosenAvailability, ...rest } = body;
    expect(await ok(desk.boss.patch(`/users/${other.id}`, body))).toMatchObject({
      ...{ ...rest, availability: 'offline', chosenAvailability },
    });
    await ok(desk.boss.patch(`/users/${other.id}`, body));
    const [row, ...more] = await auditOf(desk, other.id);
    expect(row).toMatchObject({
      action: 'user.updated',
      actor_id: String(desk.boss.id),
      data: { fields: expect.arrayContaining(['name', 'team', 'capacity', 'availability']) },
    });
    expect(more).toEqual([]);
    // Nothing was taken away, so nobody was signed out.
    await ok(other.get('/users/me'));
  });

  test('another role ends the logins and counts at the next sign-in', async () => {
    const other = await provisionStaff(desk);
    const socket = await crowd.enter(other.token);
    await ok(desk.boss.patch(`/users/${other.id}`, { role: 'SUPER_ADMIN' }));
    expectRefusal(await other.get('/users/me'), 401, 'UNAUTHORIZED');
    await socket.gone();
    expect((await send(desk.server, 'POST', '/auth/refresh', { cookie: other.refresh })).status).toBe(401);
    const again = await login(desk.server, other.username, other.password);
    expect(again.body.user.role).toBe('SUPER_ADMIN');
    expect(await auditOf(desk, other.id)).toMatchObject([
      { action: 'user.role_changed', data: { from: 'ADMIN', to: 'SUPER_ADMIN' } },
    ]);
    await ok(desk.boss.patch(`/users/${other.id}`, { role: 'ADMIN' }));
  });

  test('a bad field changes nothing', async () => {
    const other = await provisionStaff(desk);
    const read = async () =>
      (await desk.db.query('SELECT to_jsonb(u) AS row FROM users u WHERE id = $1', [other.id])).rows[0].row;
    const before = await read();
    for (const extra of [
      'username',
      'passwordHash',
      'tokenVersion',
      'externalId',
      'totpSecret',
      'id',
      'avatar',
    ])
      expectRefusal(
        await desk.boss.patch(`/users/${other.id}`, { team: 'ADMIN', [extra]: 'x' }),
        400,
        'BAD_REQUEST',
      );
    for (const bad of [{ role: null }, { isActive: 'false' }, { name: { set: 'x' } }, { capacity: [1] }])
      expectRefusal(await desk.boss.patch(`/users/${other.id}`, bad), 400, 'BAD_REQUEST');
    expect(await read()).toEqual(before);
  });
});

describe('DELETE /users/:id', () => {
  test('ends REST, refresh and live sockets; coming back works', async () => {
    const other = await provisionStaff(desk);
    const socket = await crowd.enter(other.token);
    await ok(desk.boss.delete(`/users/${other.id}`), 204);
    expectRefusal(await other.get('/users/me'), 401, 'UNAUTHORIZED');
    await socket.gone();
    expect((await send(desk.server, 'POST', '/auth/refresh', { cookie: other.refresh })).status).toBe(401);
    expect((await login(desk.server, other.username, other.password)).status).toBe(401);
    expect(await ok(desk.boss.get(`/users/${other.id}`))).toMatchObject({
      ...{ isActive: false, availability: 'offline' },
    });
    // Again is fine and says nothing new; coming back works too.
    await ok(desk.boss.delete(`/users/${other.id}`), 204);
    await ok(desk.boss.patch(`/users/${other.id}`, { isActive: true }));
    expect((await login(desk.server, other.username, other.password)).status).toBe(200);
    const actions = (await auditOf(desk, other.id)).map(({ action }) => action);
    expect(actions).toEqual(['user.deactivated', 'user.reactivated']);
  });

  test('gives their open tickets back to the team, and leaves them what is over', async () => {
    const other = await provisionStaff(desk);
    const made = (status: TicketStatus, owner: Client = other) =>
      createTicketIn(desk.server, status, { owner, heirId: other.id });
    const open = {
      pending: await made('pending'),
      waiting_for_donor: await made('waiting_for_donor'),
      active_call: await made('active_call'),
      transferred: await made('transferred', desk.admin),
    };
    const over = await made('resolved');
    expect(await ok(desk.boss.get(`/users/${other.id}`))).toMatchObject({ openTickets: 4 });
    await ok(desk.boss.delete(`/users/${other.id}`), 204);
    while ((await ok(desk.boss.get(`/users/${other.id}`))).openTickets > 0) await sleep(50);
    for (const [status, { id, donor }] of Object.entries(open)) {
      const now = status === 'transferred' || status === 'pending' ? 'new' : status;
      expect(await ok(desk.admin.get(`/tickets/${id}`))).toMatchObject({
        status: now,
        adminId: null,
        admin: null,
      });
      expect((await ok(donor.get(`/tickets/${id}`))).admin).toBeNull();
      const { rows } = await desk.db.query(
        `SELECT actor_type, data FROM ticket_events WHERE ticket_id = $1 AND type = 'ticket.assigned' AND data->'to' = 'null'`,
        [id],
      );
      const data = { from: other.id, to: null, by: null, reason: 'owner_left', admin: null };
      expect(rows).toEqual([{ actor_type: 'system', data }]);
      await ok(desk.admin.put(`/tickets/${id}/assign`));
    }
    expect((await desk.db.query('SELECT admin_id FROM tickets WHERE id = $1', [over.id])).rows).toEqual([
      { admin_id: other.id },
    ]);
  });

  test('takes nothing from somebody who was let in again meanwhile', async () => {
    const other = await provisionStaff(desk);
    const ticket = await createTicketIn(desk.server, 'pending', { owner: other, heirId: desk.admin.id });
    await desk.server.app.get(TicketAssignmentService).handBack(SYSTEM, ticket.id, other.id);
    expect(await ok(desk.boss.get(`/tickets/${ticket.id}`))).toMatchObject({ adminId: other.id });
  });
});

describe('nobody is locked out', () => {
  test('yourself: neither role nor account, by no route', async () => {
    const boss = await provisionStaff(desk, 'SUPER_ADMIN');
    const own = `/users/${boss.id}`;
    for (const answer of [
      await boss.patch(own, { role: 'ADMIN' }),
      await boss.patch(own, { isActive: false }),
      await boss.delete(own),
      await boss.put(`${own}/password`, {}),
      await boss.delete(`${own}/totp`),
    ])
      expectRefusal(answer, 409, 'CONFLICT');
    await ok(boss.patch(own, { role: 'SUPER_ADMIN', capacity: 4 }));
    expect((await auditOf(desk, boss.id)).map(({ action }) => action)).toEqual(['user.updated']);
    await ok(desk.boss.delete(own), 204);
  });

  test('the last super admin stays, also when two remove each other at once', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [
        await provisionStaff(desk, 'SUPER_ADMIN'),
        await provisionStaff(desk, 'SUPER_ADMIN'),
      ];
      await desk.db.query(`UPDATE users SET is_active = (id = ANY($1)) WHERE role = 'SUPER_ADMIN'`, [
        [one.id, two.id],
      ]);
      const answers = await Promise.all([
        one.delete(`/users/${two.id}`),
        two.patch(`/users/${one.id}`, { role: 'ADMIN' }),
      ]);
      const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
      expect([
        [200, 401],
        [200, 409],
        [204, 401],
        [204, 409],
      ]).toContainEqual(statuses);
      const { rows } = await desk.db.query(`SELECT id FROM users WHERE role = 'SUPER_ADMIN' AND is_active`);
      expect(rows).toHaveLength(1);
      await desk.db.query(`UPDATE users SET is_active = true WHERE id = $1`, [desk.boss.id]);
    }
  });
});

describe('PUT /users/:id/password', () => {
  test('gives a new one and ends the logins', async () => {
    const other = await provisionStaff(desk);
    const { oneTimePassword } = await ok(desk.boss.put(`/users/${other.id}/password`, {}));
    expectRefusal(await other.get('/users/me'), 401, 'UNAUTHORIZED');
    expect((await login(desk.server, other.username, other.password)).status).toBe(401);
    expect((await login(desk.server, other.username, oneTimePassword)).status).toBe(200);
    const given = { password: 'one that we agreed on' };
    expect(await ok(desk.boss.put(`/users/${other.id}/password`, given))).toMatchObject({
      oneTimePassword: null,
    });
    expect((await login(desk.server, other.username, given.password)).status).toBe(200);
    expectRefusal(await desk.boss.put(`/users/${other.id}/password`, { password: 'x' }), 400, 'BAD_REQUEST');
    const rows = await auditOf(desk, other.id);
    expect(rows.map(({ action }) => action)).toEqual(['user.password_reset', 'user.password_reset']);
    expect(JSON.stringify(rows)).not.toContain(oneTimePassword);
  });
});
