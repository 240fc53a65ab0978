import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from '@jest/globals';
import { language } from '../../../i18n/language.js';
import { systemLine } from './system-line.js';

const FILE = `${import.meta.dirname}/../../../i18n/en/dashboard/ticket.json`;
const TEXTS = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, string>;
/** The English texts of the catalogue are those that the server writes. */
const LINES = Object.entries(TEXTS).filter(([key]) => key.startsWith('system.'));

/** A language in which each line says its key. */
beforeAll(() => {
  const keys = LINES.map(([key, text]) => [key, text.includes('{name}') ? `${key} {name}` : key] as const);
  language.keep(language.locale(), 'ticket', Object.fromEntries(keys));
});

it.each(LINES)('knows the line %s in what the server writes', (key, text) => {
  const said = systemLine(text.replace('{name}', 'Ada. B'));
  expect(said).toBe(text.includes('{name}') ? `${key} Ada. B` : key);
});

it('leaves a line that it does not know as it is', () => {
  expect(systemLine('Something newer has happened.')).toBe('Something newer has happened.');
});
