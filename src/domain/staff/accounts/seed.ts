import type { StaffRole } from '../../../contract/roles.js';
import { ConfigInvalid, type Config } from '../../../platform/config/config.js';
import type { Database } from '../../../platform/database/database.service.js';
import { passwordFault, shapeFault } from '../login/password.policy.js';
import { hashPassword } from '../login/passwords.js';
import { readableSecret } from '../../../platform/crypto/readable-secret.js';

/** An account that was just created; `password` only when we made it up, to be shown once. */
export interface SeededAccount {
  username: string;
  password?: string;
}

interface Seed {
  username: string;
  name: string;
  role: StaffRole;
  setting: string;
  password: string | undefined;
}

type SeedConfig = Pick<Config, 'environment' | 'seed'>;

/**
 * Creates the first accounts, `superadmin` and `admin`, where they are missing; what exists is never touched, so
 * SUPER_ADMIN_PASSWORD and ADMIN_PASSWORD count on the first start only and passwords changed later stay.
 * Without a setting a password is made up and returned, in production too: somebody must be able to sign in. There,
 * `admin` is created only with ADMIN_PASSWORD, so that no account nobody asked for stands open.
 * Safe when several processes start at once. Throws ConfigInvalid for a password that sign-in would refuse.
 */
export async function seedStaff(database: Database, config: SeedConfig): Promise<SeededAccount[]> {
  const seeds = wanted(config);
  const faults = seeds.flatMap(faultOf);
  if (faults.length > 0) throw new ConfigInvalid(faults);
  const where = { username: { in: seeds.map((seed) => seed.username) } };
  const existing = await database.user.findMany({ where, select: { username: true } });
  const missing = seeds.filter((seed) => !existing.some(({ username }) => username === seed.username));
  const guessable = (await Promise.all(missing.map(guessableFaultOf))).flat();
  if (guessable.length > 0) throw new ConfigInvalid(guessable);
  const created = await Promise.all(missing.map((seed) => create(database, config, seed)));
  return created.filter((account) => account !== undefined);
}

function wanted({ environment, seed }: SeedConfig): Seed[] {
  const superAdmin: Seed = {
    username: 'superadmin',
    name: 'Super Admin',
    role: 'SUPER_ADMIN',
    setting: 'SUPER_ADMIN_PASSWORD',
    password: seed.superAdminPassword,
  };
  const admin: Seed = {
    username: 'admin',
    name: 'Admin',
    role: 'ADMIN',
    setting: 'ADMIN_PASSWORD',
    password: seed.adminPassword,
  };
  return environment === 'production' && seed.adminPassword === undefined
    ? [superAdmin]
    : [superAdmin, admin];
}

function faultOf({ username, setting, password }: Seed): string[] {
  const fault = password === undefined ? undefined : shapeFault(password, username);
  return fault === undefined ? [] : [`${setting}: ${fault}`];
}

/** Only of an account that is about to be created: the setting says nothing of a password changed since. */
async function guessableFaultOf(seed: Seed): Promise<string[]> {
  const fault = seed.password === undefined ? undefined : await passwordFault(seed.password, seed);
  return fault === undefined ? [] : [`${seed.setting}: ${fault}`];
}

async function create(
  database: Database,
  config: SeedConfig,
  seed: Seed,
): Promise<SeededAccount | undefined> {
  const { username, name, role, password = readableSecret() } = seed;
  const passwordHash = await hashPassword(password, config);
  const { count } = await database.user.createMany({
    data: [{ username, name, role, passwordHash }],
    skipDuplicates: true,
  });
  if (count === 0) return undefined;
  return seed.password === undefined ? { username, password } : { username };
}
