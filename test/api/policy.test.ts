import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from '../../src/domain/auth/actor.js';
import { delegatedKey, mailboxKey } from '../../src/domain/auth/owner-key.js';
import { MessagePosting } from '../../src/domain/messages/message-posting.service.js';
import { may } from '../../src/domain/tickets/ticket.policy.js';
import type { Config } from '../../src/platform/config/config.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { openDesk, type Desk } from '../support/desk.js';
import { rowsOf } from '../support/ticket-rows.js';

const MODES: Config['donorAccess'][] = ['link', 'token', 'open'];
const desks = new Map<Config['donorAccess'], Desk>();
beforeAll(async () => {
  for (const donorAccess of MODES) desks.set(donorAccess, await openDesk({ donorAccess }));
});
afterAll(async () => {
  for (const desk of desks.values()) await desk.close();
});

const OWNER_KEYS = [delegatedKey(undefined, 'kim'), delegatedKey('shop', 'kim'), mailboxKey('x@example.org')];
const STATUS: Record<number, string> = { 404: 'not_found', 403: 'forbidden', 401: 'unauthorized' };

/** The policy decides in TypeScript; the statement that posts a message decides in SQL. They must not differ. */
test('the message statement lets in exactly whom the policy lets in', async () => {
  const sessions = new Map<string, string[]>();
  for (const [mode, { server }] of desks) {
    const ids: string[] = [];
    for (const donorId of ['kim', 'lee'])
      ids.push((await createDonorSession(server.app, { donorId })).sessionId);
    sessions.set(mode, ids);
  }
  const cases = fc.record({
    mode: fc.constantFrom(...MODES),
    kind: fc.constantFrom('link', 'guest', 'verified'),
    ownerKey: fc.constantFrom(...OWNER_KEYS),
    session: fc.constantFrom(0, 1),
    ticketOwner: fc.constantFrom(null, ...OWNER_KEYS),
    ticketEmail: fc.constantFrom(null, 'X@example.org', 'x@example.org', 'ſ@example.org', 'kim@example.org'),
    corrected: fc.boolean(),
    proven: fc.constantFrom(null, 'x@example.org', 'X@EXAMPLE.ORG', 'kim@example.org'),
    ticketSession: fc.constantFrom(0, 1, null),
  });
  const seed = Number(process.env['FC_SEED'] ?? 20_261_120);
  console.log(`policy: FC_SEED=${seed}`);
  await fc.assert(
    fc.asyncProperty(
      cases,
      async ({
        mode,
        kind,
        ownerKey,
        session,
        ticketOwner,
        ticketEmail,
        corrected,
        proven,
        ticketSession,
      }) => {
        const { server, db } = desks.get(mode)!;
        const own = sessions.get(mode)!;
        const sessionId = own[session]!;
        const actor: Actor =
          kind === 'link'
            ? { kind: 'link', key: 'ip:127.0.0.1', ip: '127.0.0.1' }
            : {
                kind: 'donor',
                key: `d:${sessionId}`,
                sessionId,
                tokenVersion: 0,
                donorId: 'kim',
                email: null,
                name: null,
                ownerKey: kind === 'verified' ? ownerKey : null,
              };
        const donorSessionId = ticketSession === null ? null : own[ticketSession]!;
        const { rows } = await db.query<{ id: string }>(
          `INSERT INTO tickets (id, donor_id, donor_email, donor_email_corrected, donor_session_id, owner_key, proven_email)
           VALUES (gen_random_uuid(), 'kim', $1, $2, $3, $4, $5) RETURNING id`,
          [ticketEmail, corrected, donorSessionId, ticketOwner, proven],
        );
        const { id } = rows[0]!;
        const ticket = {
          donorEmail: ticketEmail,
          donorEmailCorrected: corrected,
          donorSessionId,
          ownerKey: ticketOwner,
          provenEmail: proven,
          adminId: null,
        };
        const decision = may(actor, 'take_part_by_link', ticket, mode);
        const outcome = await server.app
          .get(MessagePosting, { strict: false })
          .post(actor, id, { id: crypto.randomUUID(), content: 'x', senderId: 'kim' })
          .then(
            () => 'allow',
            (error: unknown) => STATUS[(error as { status: number }).status],
          );
        expect(outcome).toBe(decision);
        expect((await rowsOf(db, id))!.messages).toHaveLength(decision === 'allow' ? 1 : 0);
      },
    ),
    { seed, numRuns: 150 },
  );
});
