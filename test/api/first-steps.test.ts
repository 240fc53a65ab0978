import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  // Only the accounts that a desk starts with.
  await desk.db.query(
    `UPDATE users SET username = CASE id WHEN $1 THEN 'superadmin' ELSE 'admin' END WHERE id IN ($1, $2)`,
    [desk.boss.id, desk.admin.id],
  );
  await desk.db.query('DELETE FROM users WHERE id = $1', [desk.colleague.id]);
});
afterAll(() => desk.close());

const read = () => ok(desk.boss.get('/desk/first-steps'));
const mark = (step: string) => ok(desk.boss.post('/desk/first-steps', { step }));

test('the first steps are shown until all are done, in every browser', async () => {
  expect(await read()).toEqual({ isShown: true, demo: false, snippet: false, colleagues: false });
  expect(await mark('demo')).toMatchObject({ isShown: true, demo: true });
  await mark('demo');
  await mark('snippet');
  expect(await read()).toEqual({ isShown: true, demo: true, snippet: true, colleagues: false });
  await ok(desk.boss.post('/invitations', { by: 'link' }), 201);
  expect(await read()).toEqual({ isShown: false, demo: true, snippet: true, colleagues: true });
  const { rows } = await desk.db.query(
    `SELECT data FROM audit_log WHERE action = 'desk.updated' ORDER BY id`,
  );
  expect(rows).toEqual([{ data: { fields: ['firstSteps'] } }, { data: { fields: ['firstSteps'] } }]);
});

test('the first steps are gone once somebody has dismissed them', async () => {
  await desk.db.query(`UPDATE desk_settings SET first_steps = '{}'`);
  expect(await mark('dismissed')).toMatchObject({ isShown: false, demo: false });
  expect(await read()).toMatchObject({ isShown: false });
  expectRefusal(await desk.boss.post('/desk/first-steps', { step: 'colleagues' }), 400, 'BAD_REQUEST');
});
