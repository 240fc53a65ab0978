import { expect, test } from '@jest/globals';
import { Failure } from '../../client/failure.js';
import type { Connection } from '../../client/live/connection.js';
import { Mailbox } from './mailbox.js';

const ENTERED = { ok: true, self: 'me', peers: [] };

/** A connection whose requests are answered one by one, by hand. */
function open() {
  const requests: { what: unknown; answer: (ack: object) => void; refuse: (failure: Failure) => void }[] = [];
  const connection = {
    state: 'online',
    request: (event: string, { to }: { to?: string }) =>
      new Promise((answer, refuse) => requests.push({ what: to ?? event, answer, refuse })),
  };
  const mailbox = new Mailbox(connection as unknown as Connection, 'call');
  const asked = () => requests.map(({ what }) => what);
  const write = (...readers: string[]) => readers.forEach((reader) => mailbox.send(reader, { key: 'k' }));
  return { mailbox, requests, asked, write };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

test('delivers what is written while it enters: others may greet before the answer is here', async () => {
  const { mailbox, requests, asked, write } = open();
  const entering = mailbox.enter('token');
  write('first', 'second');
  requests[0]!.answer(ENTERED);
  await entering;
  requests[1]!.answer({ ok: true });
  await settle();
  expect(asked()).toEqual(['call:enter', 'first', 'second']);
});

test('forgets what was written for the socket before', async () => {
  const { mailbox, requests, asked, write } = open();
  write('in flight', 'stale');
  const entering = mailbox.enter('token');
  requests[0]!.refuse(new Failure('OFFLINE', 'No connection.', true));
  requests[1]!.answer(ENTERED);
  await entering;
  write('fresh');
  await settle();
  expect(asked()).toEqual(['in flight', 'call:enter', 'fresh']);
});

test('writes again, in order, what an online server had no time for, and drops what it refuses', async () => {
  const { requests, asked, write } = open();
  write('slow', 'gone', 'last');
  requests[0]!.refuse(new Failure('TIMEOUT', 'No answer.', true));
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(asked()).toEqual(['slow', 'slow']);
  requests[1]!.answer({ ok: true });
  await settle();
  requests[2]!.refuse(new Failure('NOT_FOUND', 'Peer not found.', false));
  await settle();
  expect(asked()).toEqual(['slow', 'slow', 'gone', 'last']);
});
