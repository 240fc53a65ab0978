import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { seedStaff } from '../../src/domain/staff/accounts/seed.js';
import { Database } from '../../src/platform/database/database.service.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startAppOn } from '../support/app.js';
import { login } from './auth-client.js';

const none = { superAdminPassword: undefined, adminPassword: undefined };

let fresh: TestDatabase;
let database: Database;

beforeEach(async () => {
  fresh = await createTestDatabase();
  database = new Database({ url: fresh.url, pool: 3 });
});
afterEach(async () => {
  await database.onModuleDestroy();
  await fresh.drop();
});

const seed = (
  passwords: Partial<typeof none> | { superAdminPassword?: string; adminPassword?: string } = {},
) => seedStaff(database, { environment: 'test', seed: { ...none, ...passwords } });

describe('seeding the staff', () => {
  test('makes up strong passwords, tells them once, and they work', async () => {
    const accounts = await seed();
    expect(accounts.map(({ username }) => username)).toEqual(['superadmin', 'admin']);
    const passwords = accounts.map(({ password }) => password);
    for (const password of passwords) expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(passwords[0]).not.toBe(passwords[1]);
    expect(await seed()).toEqual([]);
    const server = await startAppOn(fresh);
    const answer = await login(server, 'SuperAdmin', passwords[0]!);
    await server.app.close();
    expect(answer).toMatchObject({
      status: 200,
      body: { user: { role: 'SUPER_ADMIN', name: 'Super Admin' } },
    });
  });

  test('takes the passwords of the settings and does not repeat them', async () => {
    const given = { superAdminPassword: 'a given super password', adminPassword: 'a given admin password' };
    expect(await seed(given)).toEqual([{ username: 'superadmin' }, { username: 'admin' }]);
    const server = await startAppOn(fresh);
    const answer = await login(server, 'admin', given.adminPassword);
    await server.app.close();
    expect(answer).toMatchObject({ status: 200, body: { user: { role: 'ADMIN' } } });
  });

  test('never touches what is there', async () => {
    await seed();
    const before = await database.user.findMany({ orderBy: { id: 'asc' } });
    expect(await seed({ superAdminPassword: 'another super password' })).toEqual([]);
    expect(await database.user.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
  });

  test('creates each account once when processes start together', async () => {
    const rounds = await Promise.all([seed(), seed(), seed()]);
    expect(
      rounds
        .flat()
        .map(({ username }) => username)
        .sort(),
    ).toEqual(['admin', 'superadmin']);
    expect(await database.user.count()).toBe(2);
  });

  test('in production makes no admin that nobody asked for', async () => {
    const production = { environment: 'production', seed: none } as const;
    const accounts = await seedStaff(database, production);
    expect(accounts).toEqual([{ username: 'superadmin', password: expect.any(String) }]);
    const { passwordHash } = await database.user.findUniqueOrThrow({ where: { username: 'superadmin' } });
    expect(passwordHash).toMatch(/^\$2b\$12\$/);
    const asked = {
      environment: 'production',
      seed: { ...none, adminPassword: 'a given admin password' },
    } as const;
    expect(await seedStaff(database, asked)).toEqual([{ username: 'admin' }]);
  });

  test('refuses a password that sign-in could not take', async () => {
    await expect(seed({ superAdminPassword: 'ü'.repeat(40) })).rejects.toThrow(/SUPER_ADMIN_PASSWORD/);
    expect(await database.user.count()).toBe(0);
  });

  test('creates no account whose password is easy to guess, and never asks again', async () => {
    await expect(seed({ superAdminPassword: 'superadmin2026' })).rejects.toThrow(/SUPER_ADMIN_PASSWORD/);
    expect(await database.user.count()).toBe(0);
    await seed();
    expect(await seed({ superAdminPassword: 'superadmin2026' })).toEqual([]);
  });
});
