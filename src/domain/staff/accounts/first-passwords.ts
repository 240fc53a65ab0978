import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { compare } from 'bcrypt';
import type { Config } from '../../../platform/config/config.js';
import type { Database } from '../../../platform/database/database.service.js';
import type { SeededAccount } from './seed.js';

/** The file in DATA_DIR that hands generated passwords over, one `username password` a line, mode 600. */
const FILE = 'first-passwords';

/**
 * Hands the generated passwords of a first start in production over in a file, because logs are kept and read by many. Later
 * starts delete the file once none of its passwords is valid any more. Returns lines for the log.
 */
export async function handOverPasswords(
  database: Database,
  { dataDir }: Pick<Config, 'dataDir'>,
  accounts: SeededAccount[],
): Promise<string[]> {
  const file = join(dataDir, FILE);
  const made = accounts.filter((account) => account.password !== undefined);
  return made.length > 0 ? writePasswords(file, made) : followUp(file, database);
}

const namesOf = (accounts: SeededAccount[]): string => accounts.map(({ username }) => username).join(', ');

async function writePasswords(file: string, accounts: SeededAccount[]): Promise<string[]> {
  const lines = accounts.map(({ username, password }) => `${username} ${password}`);
  try {
    await mkdir(dirname(file), { recursive: true });
    await rm(file, { force: true });
    await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // The accounts exist, and a password that nobody can read would lock everybody out.
    return [
      `Could not write ${file} (${(error as Error).message}). Change these passwords at once:`,
      ...lines,
    ];
  }
  return [
    `The first password of ${namesOf(accounts)} is in ${file}. Sign in and change it: the next start then deletes the file.`,
  ];
}

async function followUp(file: string, database: Database): Promise<string[]> {
  const accounts = await readPasswords(file);
  if (accounts === undefined) return [];
  const valid: SeededAccount[] = [];
  for (const account of accounts) if (await isValid(database, account)) valid.push(account);
  if (valid.length > 0)
    return [`${file} still holds the password of ${namesOf(valid)}. Sign in and change it.`];
  await rm(file, { force: true });
  return [`Deleted ${file}: its passwords have been changed.`];
}

async function readPasswords(file: string): Promise<SeededAccount[] | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text
    ?.trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([username = '', password = '']) => ({ username, password }));
}

async function isValid(database: Database, { username, password = '' }: SeededAccount): Promise<boolean> {
  const user = await database.user.findUnique({ where: { username }, select: { passwordHash: true } });
  const hash = user?.passwordHash;
  return typeof hash === 'string' && compare(password, hash);
}
