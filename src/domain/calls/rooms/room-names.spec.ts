import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { RoomNames } from './room-names.js';

const namesWith = (encryption: string) => new RoomNames({ secrets: { encryption, jwt: 'another secret' } });

test('a room has one name for its call, which only this desk can derive', () => {
  const [first, other] = [namesWith('one secret of a desk'), namesWith('another secret of a desk')];
  const callId = randomUUID();
  expect(first.nameFor(callId)).toMatch(/^room-[0-9a-f]{40}$/);
  expect(first.nameFor(callId)).toBe(namesWith('one secret of a desk').nameFor(callId));
  expect(first.nameFor(callId)).not.toBe(first.nameFor(randomUUID()));
  expect(first.nameFor(callId)).not.toBe(other.nameFor(callId));
  expect(first.nameFor(callId)).not.toContain(callId.slice(0, 8));
});
