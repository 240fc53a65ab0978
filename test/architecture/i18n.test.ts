import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import tseslint from 'typescript-eslint';
import { Linter } from 'eslint';
import { visibleText } from '../../eslint.visible-text.mjs';
import { i18nFaults } from '../../scripts/i18n-check.js';
import { catalogueFaults, usageFaults, usageIn, type Catalogue } from '../../scripts/i18n-faults.js';
import { loadingFaults } from '../../scripts/i18n-loading.js';
import { LOCALES } from '../../src/contract/locales.js';

test('has every message in every language, with the same arguments, and uses each', () => {
  expect(i18nFaults()).toEqual([]);
});

test('brings the texts of emails and pushes into the image', () => {
  const dockerfile = readFileSync(`${import.meta.dirname}/../../Dockerfile`, 'utf8');
  expect(/for folder in ([^;]+);/.exec(dockerfile)?.[1]?.split(' ')).toContain('web/i18n/*/server');
});

describe('the check of the catalogues', () => {
  /** One message in every language, but for these. */
  const faultsOf = (others: Catalogue['texts'], key = 'a'): string[] => {
    const same = Object.fromEntries(LOCALES.map((locale) => [locale, { [key]: 'Hi {name}' }]));
    return catalogueFaults({ name: 'face/part', texts: { ...same, ...others } });
  };

  it('accepts a message that is the same in shape', () => expect(faultsOf({})).toEqual([]));
  it('finds a language without the catalogue', () =>
    expect(catalogueFaults({ name: 'face/part', texts: { en: {}, de: {}, fr: {}, es: {} } })).toEqual([
      'face/part: no catalogue in ar',
    ]));
  it('finds a key that a language lacks, and one that only it has', () =>
    expect(faultsOf({ de: { b: 'Ja' } })).toEqual([
      'face/part: a is missing in de',
      'face/part: b exists in de but not in en',
    ]));
  it('finds another argument', () =>
    expect(faultsOf({ fr: { a: 'Salut {nom}' } })).toEqual([
      'face/part: a in fr has the arguments (nom) instead of (name)',
    ]));
  it('finds a text that was not translated', () =>
    expect(
      catalogueFaults({
        name: 'face/part',
        texts: Object.fromEntries(LOCALES.map((locale) => [locale, { a: 'Nobody has translated this' }])),
      }),
    ).toHaveLength(4));
  it('finds a plural without the forms of the language', () => {
    const count = (forms: string) => ({ a: `{count, plural, ${forms}}` });
    const full = count('one {# thing} other {# things}');
    const many = count('one {# chose} many {# de choses} other {# choses}');
    const arabic = count('zero {#ا} one {#ب} two {#ت} few {#ث} other {#ج}');
    const texts = { en: full, de: count('one {# Ding} other {# Dinge}'), fr: many, es: many, ar: arabic };
    expect(
      catalogueFaults({ name: 'face/part', texts }).filter((fault) => !fault.includes('translated')),
    ).toEqual(['face/part: a in ar lacks the plural forms many']);
  });
  it.each(['', ' Hi {name}', 'Hi {name', 'Hi {name, date}'])('finds %p, which cannot be shown', (text) =>
    expect(faultsOf({ es: { a: text } })).toHaveLength(1),
  );
});

describe('the check of the sources', () => {
  const catalogue: Catalogue = { name: 'face/part', texts: { en: { a: 'A {name}', 'b.c': 'B' } } };
  const faultsOf = (code: string) =>
    usageFaults(catalogue, usageIn({ 'x.tsx': code }), (key) => `part.${key}`);

  it('accepts keys, beginnings of keys, and all values', () =>
    expect(faultsOf("t('part.a', { name }); t(`part.b.${last}`);")).toEqual([]));
  it('finds a message that nothing uses', () =>
    expect(faultsOf("t('part.a', { name });")).toEqual(['face/part: nothing uses b.c']));
  it('finds a value that is missing, and one too many', () => {
    expect(faultsOf("t('part.a'); t('part.b.c');")).toEqual(['x.tsx: face/part a needs (name) and gets ()']);
    expect(faultsOf("t('part.a', { name }); t('part.b.c', { name });")).toEqual([
      'x.tsx: face/part b.c needs () and gets (name)',
    ]);
  });
});

describe('the check of what is loaded', () => {
  const keys = ['core.save', 'far.away'];
  const faultsOf = (page: string) =>
    loadingFaults(
      'src/main',
      { 'src/main': `language.need('core'); ${page}`, 'src/far': "t('core.save'); t('far.away');" },
      keys,
    );

  it('accepts a part that is loaded with its words', () =>
    expect(faultsOf("lazy(() => withWords(import('./far.js'), 'far'));")).toEqual([]));
  it.each(["import './far.js';", "lazy(() => import('./far.js'));"])(
    'finds a part without them: %s',
    (page) => expect(faultsOf(page)).toEqual(['src/far uses far, and has loaded core']),
  );
});

describe('the rule against text outside of the catalogues', () => {
  const faultsOf = (code: string) =>
    new Linter()
      .verify(
        code,
        {
          files: ['**/*.tsx'],
          languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
          rules: { 'no-restricted-syntax': ['error', ...visibleText] },
        },
        'x.tsx',
      )
      .map(({ message }) => message);

  it.each([
    '<b>Save</b>',
    "<b>{'Save'}</b>",
    '<b>{`Save ${name}`}</b>',
    "<b>{busy ? 'Saving' : t('core.save')}</b>",
    "<b>{busy && 'Saving'}</b>",
    '<button aria-label="Save" />',
    "<input placeholder={'Name'} />",
    "<img alt={on ? 'On' : t('core.off')} />",
    '<a title={`Ticket ${number}`} />',
    "notifications.show({ message: 'Saved.' })",
    'notifications.show({ title: `Hi ${name}` })',
  ])('finds %s', (code) => expect(faultsOf(code)).toHaveLength(1));

  it.each([
    "<b>{t('core.save')}</b>",
    '<b>· {name} →</b>',
    '<b className="save" data-kind="save" key={`row ${id}`} />',
    "<b title={t('core.save')} />",
    "notifications.show({ message: t('core.saved'), role: 'status' })",
  ])('accepts %s', (code) => expect(faultsOf(code)).toEqual([]));
});
