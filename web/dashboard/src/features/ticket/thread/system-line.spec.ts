import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { SYSTEM_MESSAGE_KEYS, type SystemMessage } from '../../../../../../src/contract/system-messages.js';
import { compileMessage } from '../../../../../catalogues.js';
import type { Message } from '../../../data/api.js';
import { language } from '../../../i18n/language.js';
import { systemLine } from './system-line.js';

const FILE = `${import.meta.dirname}/../../../../../i18n/en/dashboard/ticket.json`;
const TEXTS = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, string>;
const LINES = Object.keys(TEXTS).filter((key) => key.startsWith('system.'));

/** A language in which each line says its key. */
beforeAll(() => {
  const keys = LINES.map((key) => [key, `${key} {name}`] as const);
  language.keep(language.locale(), 'ticket', Object.fromEntries(keys));
});

it.each(SYSTEM_MESSAGE_KEYS)('says the line %s by its key, with what it names', (key) => {
  const system = { key, params: { name: 'Ada. B' } };
  expect(systemLine({ system, content: 'What older clients read.' }, 7)).toBe(`system.${key} Ada. B`);
});

it('has no text for a line that nobody writes', () => {
  expect(LINES.sort()).toEqual(SYSTEM_MESSAGE_KEYS.map((key) => `system.${key}`).sort());
});

it('leaves a line without a key, or with one that a newer server writes, as it is', () => {
  const content = 'Something has happened.';
  expect(systemLine({ system: null, content }, 7)).toBe(content);
  const system = { key: 'ticket.merged', params: {} } as unknown as Message['system'];
  expect(systemLine({ system, content }, 7)).toBe(content);
});

describe('tells its reader what they did, and of others who did it', () => {
  const by = { byId: '7', byName: 'Ada' };
  const LINE = '{who, select, me {me} mine {mine} staff {staff {byName}} other {other}} {length}';
  beforeAll(() => {
    const form = compileMessage(LINE);
    language.keep(language.locale(), 'ticket', Object.fromEntries(LINES.map((key) => [key, form])));
  });

  it.each<[string, SystemMessage, string]>([
    [
      'accepted by the reader',
      { key: 'ticket.assigned', params: { name: 'Ada', adminId: '7', ...by } },
      'me none',
    ],
    [
      'given to the reader',
      { key: 'ticket.assigned', params: { name: 'Ada', adminId: '7', byId: '9' } },
      'mine none',
    ],
    [
      'given to a colleague',
      { key: 'ticket.transferred', params: { name: 'Bo', adminId: '9', ...by } },
      'other none',
    ],
    ['before lines named an id', { key: 'ticket.assigned', params: { name: 'Ada' } }, 'other none'],
    ['resolved by the reader', { key: 'ticket.resolved', params: { ...by, seconds: '845' } }, 'me 14 min'],
    ['closed by a colleague', { key: 'ticket.closed', params: { byId: '9', byName: 'Bo' } }, 'staff Bo none'],
    ['reopened by the donor', { key: 'ticket.reopened', params: {} }, 'other none'],
    ['a call that both were in', { key: 'call.ended', params: { seconds: '200' } }, 'other 3:20'],
    ['a call of more than an hour', { key: 'call.ended', params: { seconds: '3725' } }, 'other 1:02:05'],
  ])('%s', (_name, system, line) => {
    expect(systemLine({ system, content: '' }, 7)).toBe(line);
  });
});
