import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from '@jest/globals';
import { SYSTEM_MESSAGE_KEYS } from '../../../../../../src/contract/system-messages.js';
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
  expect(systemLine({ system, content: 'What older clients read.' })).toBe(`system.${key} Ada. B`);
});

it('has no text for a line that nobody writes', () => {
  expect(LINES.sort()).toEqual(SYSTEM_MESSAGE_KEYS.map((key) => `system.${key}`).sort());
});

it('leaves a line without a key, or with one that a newer server writes, as it is', () => {
  const content = 'Something has happened.';
  expect(systemLine({ system: null, content })).toBe(content);
  const system = { key: 'ticket.merged', params: {} } as unknown as Message['system'];
  expect(systemLine({ system, content })).toBe(content);
});
