import { describe, expect, it } from '@jest/globals';
import { parseIceServers } from './ice-servers.js';

describe('parseIceServers', () => {
  it.each([
    ['', []],
    ['  ', []],
    ['stun:stun.example:3478', [{ urls: ['stun:stun.example:3478'] }]],
    ['stun:a.example, stuns:b.example', [{ urls: ['stun:a.example'] }, { urls: ['stuns:b.example'] }]],
    ['stun:[2001:db8::1]:3478', [{ urls: ['stun:[2001:db8::1]:3478'] }]],
    ['[]', []],
    ['[{"urls":"stun:a.example"}]', [{ urls: ['stun:a.example'] }]],
    [
      '[{"urls":["turn:t.example:3478?transport=udp","turns:t.example:5349?transport=tcp"],"username":"u","credential":"p","x":1}]',
      [
        {
          urls: ['turn:t.example:3478?transport=udp', 'turns:t.example:5349?transport=tcp'],
          username: 'u',
          credential: 'p',
        },
      ],
    ],
  ])('understands %j', (text, servers) => {
    expect(parseIceServers(text)).toEqual(servers);
  });

  it.each([
    ['stun:a.example,http://b.example', 'entry 2: urls must look like'],
    ['stun:a.example,', 'entry 2: urls must look like'],
    ['stun://a.example', 'entry 1: urls must look like'],
    ['turn:t.example', 'entry 1: a turn: server needs username and credential'],
    ['[{"urls":["stun:a.example","turn:t.example"],"username":"u"}]', 'entry 1: a turn: server needs'],
    ['[{"urls":[]}]', 'entry 1'],
    ['["stun:a.example"]', 'entry 1'],
    ['[{"urls":"stun:a.example"', 'not valid JSON'],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => parseIceServers(text)).toThrow(`ICE_SERVERS: `);
    expect(() => parseIceServers(text)).toThrow(message);
  });

  it('never quotes a credential', () => {
    for (const text of [
      'turn:user:hunter2@t.example',
      '[{"urls":"turn:t","credential":"hunter2"',
      '[{"urls":"hunter2"}]',
    ]) {
      expect(() => parseIceServers(text)).toThrow('ICE_SERVERS');
      expect(() => parseIceServers(text)).not.toThrow('hunter2');
    }
  });
});
