import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type pg from 'pg';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, ok } from '../support/client.js';
import { openPool, startPostgres, type PrivatePostgres } from '../support/database.js';
import { FakeFcm } from '../support/fake-fcm.js';
import { FakeSmtp } from '../support/fake-smtp.js';
import { untilTold } from '../support/notices.js';
import { startProduct, type ProductProcess } from '../support/product-process.js';

const PASSWORD = 'correct horse battery';
const ROUNDS = 4;

let postgres: PrivatePostgres;
let dataDir: string;
let smtp: FakeSmtp;
let fcm: FakeFcm;
let product: ProductProcess | undefined;
let db: pg.Pool;

beforeEach(async () => {
  postgres = await startPostgres();
  dataDir = mkdtempSync(join(tmpdir(), 'concierge-notices-'));
  [smtp, fcm] = [await FakeSmtp.start(), await FakeFcm.start()];
}, 60_000);
afterEach(async () => {
  await product?.kill();
  await Promise.all([smtp.close(), fcm.close()]);
  await db.end();
  await postgres.remove();
  rmSync(dataDir, { recursive: true });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

async function start(env: Record<string, string>): Promise<Client> {
  product = await startProduct(env);
  await product.ready();
  const body = { username: 'superadmin', password: PASSWORD };
  const { accessToken } = await ok(new Client(product).post('/auth/login', body));
  return new Client(product, { authorization: `Bearer ${accessToken}` });
}

test('a reply acknowledged right before kill -9 is pushed and mailed, once', async () => {
  const plenty = { LIMIT_TICKETS: '1000', LIMIT_LOGINS: '1000' };
  const mail = { SMTP_URL: smtp.url, MAIL_FROM: 'desk@charity.example', MAIL_DELAY: '0' };
  const database = await postgres.createDatabase();
  db = openPool(database);
  const env = {
    ...{ DATABASE_URL: database.url, SUPER_ADMIN_PASSWORD: PASSWORD, DATA_DIR: dataDir },
    ...plenty,
    ...mail,
    ...fcm.env,
  };
  let staff = await start(env);
  const tickets: { phone: string; address: string }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ticket = await createTicket(product!);
    const phone = `phone-${ticket.donorId}`;
    await ok(ticket.donor.put('/donors/me/fcm-token', { token: phone, platform: 'android' }), 204);
    tickets.push({ phone, address: ticket.created.donorEmail });
    // In every second round it dies in the middle of telling, else before anything could go out.
    const middle = round % 2 === 1;
    if (middle) smtp.fail({ kind: 'slow', ms: 300 });
    else await Promise.all([smtp.down(), fcm.down()]);
    const tries = smtp.tries;
    await ok(staff.post(`/tickets/${ticket.id}/messages`, { content: `answer ${round}` }), 201);
    if (middle) await until(() => smtp.tries > tries);
    await product!.kill('SIGKILL');
    if (!middle) await Promise.all([smtp.up(), fcm.up()]);
    staff = await start(env);
    await untilTold(db, ticket.id);
  }
  await product!.kill('SIGTERM');
  for (const [round, { phone, address }] of tickets.entries()) {
    const ids = new Set(smtp.to(address).map(({ parsed }) => parsed.messageId));
    const tags = new Set(fcm.to(phone).map(({ android }) => android.collapse_key));
    expect({ round, mails: ids.size, pushes: tags.size }).toEqual({ round, mails: 1, pushes: 1 });
    // What had not gone out when it died goes out once; what was under way may be repeated, as the same mail.
    const copies = { mails: smtp.to(address).length, pushes: fcm.to(phone).length };
    if (round % 2 === 0) expect({ round, ...copies }).toEqual({ round, mails: 1, pushes: 1 });
  }
}, 240_000);
