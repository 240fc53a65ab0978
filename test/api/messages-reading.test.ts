import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postMessage, postNote } from '../factories/message.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok, type Answer, type Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
});

type Message = Answer['body'];

describe('notes', () => {
  test('are invisible to donors, wherever they look', async () => {
    const { id, donor, donorId } = await createTicket(desk.server, { callType: 'video' });
    const word = 'zebrafish';
    const note = await postNote(desk.admin, id, { content: `Suspect: ${word}` });
    await ok(desk.admin.put(`/tickets/${id}/messages/${note.id}`, { content: `Suspect again: ${word}` }));
    await ok(desk.admin.put(`/tickets/${id}/messages/${note.id}`, { isRead: true }));
    await postMessage(donor, id);
    const paths = [
      `/tickets/${id}/messages`,
      `/tickets/${id}/messages?after=0`,
      `/tickets/${id}/messages?before=1000`,
      `/tickets/${id}/events`,
      `/tickets/${id}/donor/${donorId}`,
      `/calls/ticket/${id}`,
    ];
    for (const who of [donor, desk.link]) {
      for (const path of paths) {
        const text = JSON.stringify(await ok(who.get(path)));
        expect({ path, found: text.includes(word) || text.includes(note.id) }).toEqual({
          path,
          found: false,
        });
      }
    }
    expect(await ok(donor.get(`/tickets?q=${word}`))).toEqual([]);
    expect(await ok(desk.admin.get(`/tickets?q=${word}`))).toMatchObject([{ id }]);
    const events = await ok(donor.get(`/tickets/${id}/events`));
    // The ticket, its call, the wish for it, and the message; the note between them has no place here.
    expect(events.events.map((event: { seq: number }) => event.seq)).toEqual([1, 2, 3, 4]);
  });

  test('are for staff alone to write', async () => {
    const { id, donor } = await createTicket(desk.server);
    const before = await rowsOf(desk.db, id);
    const path = `/tickets/${id}/notes`;
    expectRefusal(await donor.post(path, { content: 'x' }), 403, 'FORBIDDEN', path);
    expectRefusal(await desk.link.post(path, { content: 'x' }), 401, 'UNAUTHORIZED', path);
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });
});

describe('mark-read', () => {
  test('marks each side’s messages by the other, once, with one event', async () => {
    const { id, donor } = await createTicket(desk.server);
    await postMessage(donor, id);
    await postMessage(donor, id);
    await postMessage(desk.admin, id);
    await postNote(desk.admin, id);
    const at = `/tickets/${id}/messages/mark-read`;
    const sides: [Client, string][] = [
      [desk.colleague, 'donor'],
      [donor, 'admin'],
    ];
    for (const [reader, senderType] of sides) {
      const before = (await rowsOf(desk.db, id))!;
      await ok(reader.post(at, { senderType }));
      const after = (await rowsOf(desk.db, id))!;
      expect(after.events).toHaveLength(before.events.length + 1);
      const last = after.messages
        .filter((m) => m.sender_type === senderType && m.message_type === 'text')
        .at(-1)!;
      expect(after.events.at(-1)).toMatchObject({
        type: 'messages.read',
        data: { senderType, upToSeq: last.seq, upToPublicSeq: last.public_seq },
      });
      expect(after.ticket.updated_at).toBe(before.ticket.updated_at);
      await ok(reader.post(at, { senderType }));
      expect(await rowsOf(desk.db, id)).toEqual(after);
    }
    const { messages } = (await rowsOf(desk.db, id))!;
    expect(messages.map((m) => [m.sender_type, m.message_type, m.is_read])).toEqual([
      ['donor', 'text', true],
      ['donor', 'text', true],
      ['system', 'system', false],
      ['admin', 'text', true],
      ['admin', 'note', false],
    ]);
  });

  test('refuses to mark one’s own side’s messages', async () => {
    const { id, donor } = await createTicket(desk.server);
    await postMessage(donor, id);
    await postMessage(desk.admin, id);
    const before = await rowsOf(desk.db, id);
    for (const [who, senderType] of [
      [desk.admin, 'admin'],
      [donor, 'donor'],
      [desk.link, 'donor'],
    ] as const) {
      expectRefusal(await who.post(`/tickets/${id}/messages/mark-read`, { senderType }), 403, 'FORBIDDEN');
    }
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });
});

describe('paging', () => {
  const seqs = (messages: Message[]) => messages.map(({ seq }) => seq as number);

  test.each(['staff', 'donor'])('walks through all of it both ways in the stream of the %s', async (side) => {
    const { id, donor } = await createTicket(desk.server);
    for (let i = 0; i < 4; i += 1) {
      await postMessage(donor, id);
      await postNote(desk.admin, id);
      await postMessage(desk.admin, id);
    }
    const reader = side === 'staff' ? desk.admin : donor;
    const all = seqs(await ok(reader.get(`/tickets/${id}/messages`)));
    expect(all).toEqual([...all].sort((a, b) => a - b));
    const read = async (query: string) =>
      seqs(await ok(reader.get(`/tickets/${id}/messages?limit=3&${query}`)));
    const forward: number[] = [];
    for (let page = await read('after=0'); page.length > 0; page = await read(`after=${forward.at(-1)}`)) {
      forward.push(...page);
    }
    expect(forward).toEqual(all);
    const backward: number[] = [];
    for (
      let page = await read('before=999999999');
      page.length > 0;
      page = await read(`before=${backward[0]}`)
    ) {
      backward.unshift(...page);
    }
    expect(backward).toEqual(all);
    expect(await read('')).toEqual(all.slice(-3));
    expect(await read(`after=${all[1]}&before=${all[4]}`)).toEqual(all.slice(2, 4));
  });

  test.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'before=-1',
    'after=1.5',
    'after=',
    'before=99999999999',
    'page=2',
  ])('refuses ?%s, naming it', async (query) => {
    const { id } = await createTicket(desk.server);
    const answer = await desk.link.get(`/tickets/${id}/messages?${query}`);
    expectRefusal(answer, 400, 'BAD_REQUEST', `/tickets/${id}/messages`);
    expect(answer.body.errors[0].location).toBe(query.split('=')[0]);
  });
});
