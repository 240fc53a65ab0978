import type { Desk } from '../support/desk.js';
import type { FakeSmtp } from '../support/fake-smtp.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { until } from '../support/ticket-viewer.js';

export const OWN = 'seven lanterns over Porto';

const LINK = /http:\/\/localhost:5005\/dashboard\/password#([\w-]{43})/;

/** The token of a link. */
export function tokenOf(text: string): string {
  const [, token] = LINK.exec(text) ?? [];
  if (token === undefined) throw new Error(`no link in: ${text}`);
  return token;
}

/** The token of the newest link that was mailed to an address, once `count` emails are there. */
export async function mailedToken(smtp: FakeSmtp, address: string, count = 1): Promise<string> {
  await until(() => smtp.to(address).length >= count);
  return tokenOf(smtp.to(address).at(-1)?.parsed.text ?? '');
}

/** Runs work as if so much time had passed. */
export async function later<T>({ server }: Desk, ms: number, work: () => Promise<T>): Promise<T> {
  const clock = server.app.get(Clock);
  const real = clock.now;
  clock.now = () => new Date(Date.now() + ms);
  try {
    return await work();
  } finally {
    clock.now = real;
  }
}

/** What the audit log says, oldest first. */
export async function entriesOf({ db }: Desk, where: string, value: string): Promise<object[]> {
  const { rows } = await db.query<object>(
    `SELECT action, actor_id, subject, data FROM audit_log WHERE ${where} = $1 ORDER BY id`,
    [value],
  );
  return rows;
}
