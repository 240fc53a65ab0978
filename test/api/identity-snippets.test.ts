import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { firstKey, unixNow } from '../factories/delegated-token.factory.js';
import { Client, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

const DOCS = readFileSync(join(import.meta.dirname, '../../docs/identity.md'), 'utf8');
const USER = { id: 7, name: 'Zoë "Kim" O’Neil / 鈴木', email: 'kim+test@shop.test' };

let desk: Desk;
let folder: string;
beforeAll(async () => {
  desk = await openDesk();
  folder = mkdtempSync(join(tmpdir(), 'concierge-snippets-'));
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true });
});

function snippet(language: string): string {
  const [, code, ...more] = DOCS.split(`\n\`\`\`${language}\n`);
  if (code === undefined || more.length > 0)
    throw new Error(`docs/identity.md must have one ${language} snippet`);
  return code.slice(0, code.indexOf('\n```'));
}

interface Language {
  name: string;
  tag: string;
  command: string;
  file: string;
  /** What a backend would write behind the snippet: reads user and secret, prints the token. */
  use: string;
}

const LANGUAGES: Language[] = [
  {
    ...{ name: 'Node', tag: 'js', command: process.execPath, file: 'token.mjs' },
    use: 'process.stdout.write(conciergeToken(JSON.parse(process.argv[2]), process.argv[3]));',
  },
  {
    ...{ name: 'PHP', tag: 'php', command: 'php', file: 'token.php' },
    use: 'echo concierge_token(json_decode($argv[1], true), $argv[2]);',
  },
  {
    ...{ name: 'Python', tag: 'python', command: 'python3', file: 'token.py' },
    use: 'import sys; sys.stdout.write(concierge_token(json.loads(sys.argv[1]), sys.argv[2]))',
  },
];

const isThere = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

describe('docs/identity.md', () => {
  for (const { name, tag, command, file, use } of LANGUAGES) {
    const run = isThere(command) ? test : test.skip;
    const reason = isThere(command) ? '' : ` (skipped: there is no ${command} on this machine)`;
    run(`${name}: its token is a verified donor’s${reason}`, async () => {
      const path = join(folder, file);
      writeFileSync(path, `${snippet(tag)}\n${use}\n`);
      const secret = firstKey(desk.server).key.export().toString();
      const { stdout: token } = await promisify(execFile)(command, [path, JSON.stringify(USER), secret]);
      expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT' });
      const { iat = 0, exp = 0, ...claims } = decodeJwt(token);
      expect(claims).toEqual({ id: '7', username: USER.name, email: USER.email, role: 'CUSTOMER' });
      expect(Math.abs(iat - unixNow())).toBeLessThan(60);
      expect(exp - iat).toBe(3_600);
      const kim = new Client(desk.server, { authorization: `Bearer ${token}` });
      const ticket = await ok(kim.post('/tickets', { topic: name }), 201);
      expect(ticket).toMatchObject({ donorId: '7', donorEmail: USER.email, donorName: USER.name });
    });
  }

  test('the snippets, run or not, name the same claims, life and algorithm', () => {
    for (const { tag } of LANGUAGES) {
      const code = snippet(tag);
      const names = [
        ...code.matchAll(/(?:[{,[]\s*)['"]?(id|username|email|role|iat|exp|alg|typ)['"]?\s*(?:=>|:)/g),
      ];
      expect({ tag, names: names.map(([, claim]) => claim).sort() }).toEqual({
        tag,
        names: ['alg', 'email', 'exp', 'iat', 'id', 'role', 'typ', 'username'],
      });
      for (const word of ['HS256', 'CUSTOMER', '3600', 'sha256']) expect(code).toContain(word);
    }
  });
});
