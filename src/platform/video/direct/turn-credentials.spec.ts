import { describe, expect, test } from '@jest/globals';
import { CREDENTIAL_LIFE_S, IceServers, turnCredentials } from './turn-credentials.js';
import { parseIceServers } from './ice-servers.js';

const NOW = 1_700_000_000_000;
const OWN = '{"urls":"turn:static.example","username":"u","credential":"c"}';

test('credentials are what openssl makes of the username', () => {
  // printf 1700000000:user | openssl dgst -sha1 -hmac 'a secret of coturn' -binary | base64
  expect(turnCredentials('a secret of coturn', '1700000000:user')).toEqual({
    username: '1700000000:user',
    credential: 'b6S9i7OncvivwHzaw1YvF+N15g8=',
  });
});

describe('with TURN_SECRET', () => {
  const servers = parseIceServers(
    `[{"urls":"stun:s.example"},{"urls":["turn:t.example","turns:t.example"]},${OWN}]`,
    {
      secret: 's',
    },
  );
  const ice = new IceServers(servers, 's', 'naming');

  test('TURN servers without a password get one that ends, the others stay as they are', () => {
    const [stun, turn, own] = ice.issueFor('staff-7', NOW);
    expect(stun).toEqual({ urls: ['stun:s.example'] });
    expect(own).toEqual({ urls: ['turn:static.example'], username: 'u', credential: 'c' });
    const [ends, name] = turn!.username!.split(':');
    expect(Number(ends)).toBe(NOW / 1_000 + CREDENTIAL_LIFE_S);
    expect(name).toMatch(/^[0-9a-f]{16}$/);
    expect(turn).toEqual({
      urls: ['turn:t.example', 'turns:t.example'],
      ...turnCredentials('s', turn!.username!),
    });
  });

  test('people have names of their own, that tell nothing', () => {
    const nameOf = (person: string) => ice.issueFor(person, NOW)[1]!.username;
    expect(nameOf('staff-7')).toBe(nameOf('staff-7'));
    expect(nameOf('staff-7')).not.toBe(nameOf('staff-8'));
  });

  test('the comma form names TURN servers, too', () => {
    expect(parseIceServers('stun:s.example,turn:t.example', { secret: 's' })).toEqual([
      { urls: ['stun:s.example'] },
      { urls: ['turn:t.example'] },
    ]);
  });
});

test('without it, a TURN server must bring its own', () => {
  expect(() => parseIceServers('turn:t.example')).toThrow('TURN_SECRET');
  const servers = parseIceServers(`[${OWN}]`);
  expect(new IceServers(servers, undefined, 'naming').issueFor('x')).toEqual(servers);
});

test('half a password is none', () => {
  const half = '[{"urls":"turn:t.example","username":"u"}]';
  expect(() => parseIceServers(half, { secret: 's' })).toThrow('entry 1: a turn: server needs');
});
