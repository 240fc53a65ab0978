import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import {
  asRole,
  createCluster,
  createRunDirectory,
  CREATE_ROLE,
  DURABLE,
  removeRunDirectory,
  ROLE,
} from '../test/support/postgres.js';

/** Durable as in production, with the memory of a small server. */
const SETTINGS = { ...DURABLE, max_connections: '200', shared_buffers: '256MB', max_wal_size: '4GB' };

export interface BenchDatabase {
  /** For the contenders, as the application's role. */
  url: string;
  /** For seeding and counting. */
  pool: pg.Pool;
}

/** A scratch PostgreSQL that all contenders share. */
export interface Laboratory {
  createDatabase(name: string): Promise<BenchDatabase>;
  /** The superuser's connection. */
  admin: pg.Pool;
  /** A folder for logs; goes with the rest. */
  folder: string;
  close(): Promise<void>;
}

export async function openLaboratory(): Promise<Laboratory> {
  const directory = await createRunDirectory();
  const cluster = await createCluster(directory, SETTINGS);
  const folder = path.join(directory, 'logs');
  await mkdir(folder);
  const admin = new pg.Pool({ connectionString: cluster.adminUrl(), max: 1 });
  await admin.query(CREATE_ROLE);
  const pools = [admin];
  return {
    admin,
    folder,
    createDatabase: async (name) => {
      await admin.query(`CREATE DATABASE ${name} OWNER ${ROLE}`);
      const pool = new pg.Pool({ connectionString: cluster.adminUrl(name), max: 4 });
      pools.push(pool);
      return { url: asRole(cluster.adminUrl(), name), pool };
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
      await cluster.stop();
      await removeRunDirectory(directory);
    },
  };
}
