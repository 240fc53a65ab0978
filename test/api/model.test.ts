import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createTicket } from '../factories/ticket.factory.js';
import { ok, type Answer, type Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';
import { TicketModel, type Author, type Staff } from '../support/ticket-model.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await desk.close();
});

/** The real ticket beside its model. */
interface Real {
  id: string;
  donorId: string;
  donor: Client;
  messageIds: string[];
  callId: string;
}

type Command = fc.AsyncCommand<TicketModel, Real>;

const personOf = (real: Real, who: Author): Client => (who === 'donor' ? real.donor : desk[who]);
const at = ({ id }: Real) => `/tickets/${id}`;
const initiator = (who: Author) => (who === 'donor' ? 'donor' : 'admin');

/** A step that asks the model what must come back, does it, and compares all that is stored. */
function step(
  name: string,
  expected: (model: TicketModel) => number,
  act: (real: Real) => Promise<Answer>,
  check: (model: Readonly<TicketModel>) => boolean = () => true,
): Command {
  return {
    toString: () => name,
    check: (model) => check(model),
    run: async (model, real) => {
      const status = expected(model);
      const answer = await act(real);
      expect({ name, status: answer.status, error: answer.body.error }).toEqual({
        name,
        status,
        error: status < 400 ? undefined : expect.any(String),
      });
      if (answer.status === 201 && name.startsWith('write')) real.messageIds.push(answer.body.id);
      if (answer.status === 201 && name.startsWith('call')) real.callId = answer.body.id;
      expect(await stored(real)).toEqual(view(model));
    },
  };
}

/** What the database holds, in the model's words. */
async function stored(real: Real) {
  const { ticket, messages, calls, transfers } = (await rowsOf(desk.db, real.id))!;
  const written = messages.filter(({ message_type }) => message_type !== 'system');
  return {
    status: ticket.status,
    owner: ticket.admin_id,
    calls: calls.length,
    isCallOpen: ticket.active_call_id !== null,
    transfers: transfers.length,
    rating: ticket.rating,
    isAnswered: ticket.first_response_at !== null,
    messages: written.map((m) => [m.sender_type, m.message_type, m.content, m.deleted_at !== null]),
  };
}

function view(model: TicketModel) {
  const { status, owner, calls, isCallOpen, transfers, rating, isAnswered, messages } = model;
  return {
    ...{ status, calls, isCallOpen, transfers, rating, isAnswered },
    owner: owner === null ? null : desk[owner].id,
    messages: messages.map(({ author, isNote, content, isDeleted }) => [
      author === 'donor' ? 'donor' : 'admin',
      isNote ? 'note' : 'text',
      content,
      isDeleted,
    ]),
  };
}

const staff = fc.constantFrom<Staff>('admin', 'colleague', 'boss');
const anybody = fc.constantFrom<Author>('donor', 'admin', 'colleague', 'boss');
const text = fc.uuid();
const hasCall = (model: Readonly<TicketModel>) => model.calls > 0;
const pick = (model: TicketModel, n: number) => n % model.messages.length;
const hasMessage = (model: Readonly<TicketModel>) => model.messages.length > 0;

/** A step on some message that there is; `n` says which. */
function onMessage(
  name: string,
  n: number,
  expected: (m: TicketModel, i: number) => number,
  act: (at: string, real: Real) => Promise<Answer>,
) {
  let index = 0;
  return step(
    name,
    (model) => {
      index = pick(model, n);
      return expected(model, index);
    },
    (real) => act(`${at(real)}/messages/${real.messageIds[index]}`, real),
    hasMessage,
  );
}

const COMMANDS: fc.Arbitrary<Command>[] = [
  fc.tuple(anybody, text).map(([who, content]) =>
    step(
      `write: ${who} replies`,
      (m) => m.reply(who, content),
      (r) => personOf(r, who).post(`${at(r)}/messages`, { content }),
    ),
  ),
  fc.tuple(staff, text).map(([who, content]) =>
    step(
      `write: ${who} notes`,
      (m) => m.note(who, content),
      (r) => desk[who].post(`${at(r)}/notes`, { content }),
    ),
  ),
  staff.map((who) =>
    step(
      `${who} accepts`,
      (m) => m.accept(who),
      (r) => desk[who].put(`${at(r)}/assign`),
    ),
  ),
  staff.map((to) =>
    step(
      `boss gives it to ${to}`,
      (m) => m.takeOver(to),
      (r) => desk.boss.put(`${at(r)}/assign`, { adminId: desk[to].id }),
    ),
  ),
  fc.tuple(staff, staff).map(([who, to]) =>
    step(
      `${who} transfers to ${to}`,
      (m) => m.transfer(who, to),
      (r) => desk[who].post(`${at(r)}/transfer`, { toAdminId: desk[to].id }),
    ),
  ),
  anybody.map((who) =>
    step(
      `call: ${who} starts`,
      (m) => m.startCall(who),
      (r) =>
        personOf(r, who).post('/calls', { ticketId: r.id, callType: 'video', initiatedBy: initiator(who) }),
    ),
  ),
  anybody.map((who) =>
    step(
      `${who} ends the call`,
      (m) => m.endCall(),
      (r) => personOf(r, who).post(`/calls/${r.callId}/end`),
      hasCall,
    ),
  ),
  staff.map((who) =>
    step(
      `${who} resolves`,
      (m) => m.end('resolved'),
      (r) => desk[who].put(`${at(r)}/resolve`),
    ),
  ),
  fc.constant(null).map(() =>
    step(
      'donor resolves',
      (m) => m.end('resolved'),
      (r) => r.donor.put(`${at(r)}/donor/${r.donorId}/resolve`),
    ),
  ),
  staff.map((who) =>
    step(
      `${who} closes`,
      (m) => m.end('closed'),
      (r) => desk[who].put(`${at(r)}/close`),
    ),
  ),
  staff.map((who) =>
    step(
      `${who} cancels`,
      (m) => m.end('cancelled'),
      (r) => desk[who].put(`${at(r)}/cancel`),
    ),
  ),
  staff.map((who) =>
    step(
      `${who} reopens`,
      (m) => m.reopen(who),
      (r) => desk[who].put(`${at(r)}/reopen`),
    ),
  ),
  fc.integer({ min: 1, max: 5 }).map((rating) =>
    step(
      `donor rates ${rating}`,
      (m) => m.rate(rating),
      (r) => r.donor.post(`${at(r)}/rating`, { rating }),
    ),
  ),
  fc.tuple(anybody, fc.nat(), text).map(([who, n, content]) =>
    onMessage(
      `${who} edits`,
      n,
      (m, i) => m.edit(who, i, content),
      (path, r) => personOf(r, who).put(path, { content }),
    ),
  ),
  fc.tuple(anybody, fc.nat()).map(([who, n]) =>
    onMessage(
      `${who} deletes`,
      n,
      (m, i) => m.remove(who, i),
      (path, r) => personOf(r, who).delete(path),
    ),
  ),
];

const SECONDS = 25;

test(
  'a ticket behaves as its model, whatever people do to it',
  async () => {
    const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2_147_483_647);
    console.log(`model: FC_SEED=${seed}`);
    let commands = 0;
    await fc.assert(
      fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 40, size: 'max' }), async (steps) => {
        const { id, donorId, donor } = await createTicket(desk.server);
        const setup = () => ({
          model: new TicketModel(),
          real: { id, donorId, donor, messageIds: [], callId: '' },
        });
        await fc.asyncModelRun(setup, steps);
        commands += [...steps].length;
        await expectInvariants(desk.db);
        await ok(desk.boss.delete(`/tickets/${id}`));
      }),
      { seed, numRuns: 60, interruptAfterTimeLimit: SECONDS * 1_000, markInterruptAsFailure: false },
    );
    expect(commands).toBeGreaterThan(100);
  },
  SECONDS * 5_000,
);
