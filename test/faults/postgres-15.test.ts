import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readGoldenList, readRawObjects } from '../../scripts/raw-objects.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { installJobs } from '../../src/platform/jobs/boss.js';
import { createStaff } from '../factories/staff.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { startAppOn, type TestApp } from '../support/app.js';
import { ok } from '../support/client.js';
import { openPool, type TestDatabase } from '../support/database.js';
import { personOf, type Person } from '../support/desk.js';
import {
  describeWithOldest,
  OLDEST,
  startOldestPostgres,
  type OldestPostgres,
} from '../support/oldest-postgres.js';

describeWithOldest(`PostgreSQL ${OLDEST}`, () => {
  let server: OldestPostgres;
  let database: TestDatabase;
  let desk: TestApp;
  let staff: Person;

  beforeAll(async () => {
    server = await startOldestPostgres();
    database = await server.createDatabase();
    await migrate(database.url, () => undefined);
    await installJobs({ database: { url: database.url, pool: 1 } });
    desk = await startAppOn(database);
    staff = personOf(desk, await createStaff(desk.app));
  }, 120_000);
  afterAll(async () => {
    await desk.close();
    await server.remove();
  });

  it('takes every migration, raw objects included', async () => {
    const pool = openPool(database);
    const version = await pool.query<{ server_version: string }>('SHOW server_version');
    expect(version.rows[0]?.server_version).toMatch(new RegExp(`^${OLDEST}\\.`));
    // PostgreSQL 18 prints some definitions with other brackets: their names must agree.
    const names = (lines: string[]) => lines.map((line) => line.split(':')[0]);
    expect(names(await readRawObjects(pool))).toEqual(names(readGoldenList()));
    await pool.end();
  });

  it('carries a conversation, its list, its search and the board', async () => {
    const { id, donor } = await createTicket(desk);
    await ok(donor.post(`/tickets/${id}/messages`, { content: 'Where is my receipt?' }), 201);
    await ok(staff.put(`/tickets/${id}/assign`));
    for (let round = 0; round < 4; round++)
      await ok(staff.post(`/tickets/${id}/messages`, { content: `Answer ${round}` }), 201);
    const read = await ok(staff.get(`/tickets/${id}/messages`));
    expect(JSON.stringify(read)).toContain('Answer 3');
    const found = await ok(staff.get('/tickets?q=receipt'));
    expect(JSON.stringify(found)).toContain(id);
    expect(JSON.stringify(await ok(staff.get('/tickets/dashboard')))).toContain(id);
    await ok(staff.put(`/tickets/${id}/resolve`));
  });

  it('answers to its own health check', async () => {
    const { parts } = (await (await fetch(`${desk.url}/health/advanced`)).json()) as {
      parts: Record<string, { status: string }>;
    };
    expect([parts['database']?.status, parts['jobs']?.status]).toEqual(['up', 'up']);
  });
});
