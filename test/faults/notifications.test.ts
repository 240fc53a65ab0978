import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { openNotifyingDesk, phoneOf, untilTold, type NotifyingDesk } from '../support/notices.js';

let desk: NotifyingDesk;
beforeAll(async () => {
  desk = await openNotifyingDesk();
});
afterAll(() => desk.close());

/** A ticket with an answer, its donor's phone and mailbox. */
async function answered(before: () => unknown, signsIn = true) {
  const ticket = await createTicket(desk.server);
  await untilTold(desk.db, ticket.id);
  const phone = `phone-${ticket.donorId}`;
  if (signsIn) await phoneOf(ticket.donor, 'donors', phone);
  await before();
  await ok(desk.admin.post(`/tickets/${ticket.id}/messages`, { content: 'Hello' }), 201);
  const told = async () => (await untilTold(desk.db, ticket.id)).filter(({ kind }) => kind === 'staff_reply');
  return { told, pushes: () => desk.fcm.to(phone), mails: () => desk.smtp.to(ticket.created.donorEmail) };
}

const states = (rows: { channel: string; state: string; reason: string | null }[]) =>
  rows.map(({ channel, state, reason }) => [channel, state, reason]);
const SENT = [
  ['mail', 'sent', null],
  ['push', 'sent', null],
];

describe('the mail server', () => {
  test('that is down gets the mail when it is back', async () => {
    const { told, mails } = await answered(() => desk.smtp.down());
    await desk.smtp.up();
    expect(states(await told())).toEqual(SENT);
    expect(mails()).toHaveLength(1);
  });

  test('that is slow, or asks to come back, gets it once', async () => {
    const { told, mails } = await answered(() => {
      desk.smtp.fail({ kind: 'reply', at: 'rcpt', code: 451 }, { kind: 'slow', ms: 1_000 });
    });
    expect(states(await told())).toEqual(SENT);
    expect(mails()).toHaveLength(1);
  });

  test('that refuses the address is not asked again', async () => {
    const { told, mails } = await answered(() => desk.smtp.fail({ kind: 'reply', at: 'rcpt', code: 550 }));
    expect(states(await told())).toEqual([
      ['mail', 'refused', 'EENVELOPE 550'],
      ['push', 'sent', null],
    ]);
    expect(mails()).toEqual([]);
  });

  test('whose answer is lost may get it twice, as the same mail', async () => {
    const { told, mails } = await answered(() => desk.smtp.fail({ kind: 'lost-answer' }));
    expect(states(await told())).toEqual(SENT);
    expect(mails().map(({ parsed }) => parsed.messageId)).toEqual(
      Array(2).fill(mails()[0]?.parsed.messageId),
    );
  });
});

describe('FCM', () => {
  test('that is down gets the push when it is back', async () => {
    const { told, pushes } = await answered(() => desk.fcm.down());
    await desk.fcm.up();
    expect(states(await told())).toEqual(SENT);
    expect(pushes()).toHaveLength(1);
  });

  test('that fails, or is busy and says for how long, gets it once', async () => {
    const { told, pushes } = await answered(() => {
      desk.fcm.fail(
        { kind: 'error', status: 500, code: 'INTERNAL' },
        { kind: 'error', status: 429, code: 'QUOTA_EXCEEDED', retryAfter: '1' },
      );
    });
    expect(states(await told())).toEqual(SENT);
    expect(pushes()).toHaveLength(1);
  });

  test('whose answer is lost may get it twice, as the same push', async () => {
    const { told, pushes } = await answered(() => desk.fcm.fail({ kind: 'lost-answer' }));
    expect(states(await told())).toEqual(SENT);
    const tags = pushes().map(({ android }) => android.collapse_key);
    expect(tags).toEqual(tags.map(() => tags[0]));
  });

  test('that finds fault with a push is not asked again', async () => {
    const { told } = await answered(() =>
      desk.fcm.fail({ kind: 'error', status: 400, code: 'INVALID_ARGUMENT', message: 'Bad data' }),
    );
    expect(states(await told())).toEqual([
      ['mail', 'sent', null],
      ['push', 'refused', 'messaging/invalid-argument'],
    ]);
  });
});
