import type pg from 'pg';
import type { Config } from '../../src/platform/config/config.js';
import { createStaff, type SignedInStaff } from '../factories/staff.factory.js';
import { startApp, type TestApp } from './app.js';
import { Client } from './client.js';
import { openPool } from './database.js';

/** A member of staff at work. */
export interface Person extends Client {
  id: number;
  name: string;
  username: string;
}

/** A running desk with three members of staff, somebody who only has a link, and a look at its rows. */
export interface Desk {
  server: TestApp;
  db: pg.Pool;
  admin: Person;
  colleague: Person;
  boss: Person;
  link: Client;
  close(): Promise<void>;
}

/** A signed-in member of staff as a client. */
export function personOf(server: Pick<TestApp, 'url'>, { user, headers }: SignedInStaff): Person {
  const { id, name, username } = user;
  return Object.assign(new Client(server, headers), { id, name, username });
}

export async function openDesk(overrides: Partial<Config> = {}): Promise<Desk> {
  const server = await startApp(overrides);
  const db = openPool(server.database);
  const provisionStaff = async (name: string, role: string) =>
    personOf(
      server,
      await createStaff(server.app, { name, role, email: `${name.toLowerCase()}@staff.test` }),
    );
  const [admin, colleague, boss] = [
    await provisionStaff('Ada', 'ADMIN'),
    await provisionStaff('Bo', 'ADMIN'),
    await provisionStaff('Cleo', 'SUPER_ADMIN'),
  ];
  const close = async () => {
    await db.end();
    await server.close();
  };
  return { server, db, admin, colleague, boss, link: new Client(server), close };
}
