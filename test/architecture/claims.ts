import { read } from './sources.js';

/** A sentence of a page, and the tests that it names at its end, as `(*test/api/login.test.ts*: title; another title)`. */
export interface Claim {
  text: string;
  references: { file: string; titles: string[] }[];
  /** The last word of the sentence is a reference. */
  endsWithReference: boolean;
}

const REFERENCE = /\s*\(\*((?:src|test|web|scripts)\/[^*]+)\*/g;
/** Stands for the references that were taken out of a text. */
const MARK = '\uE000';

/** The sentences under the headings of a page, without its introduction. */
export function claimsOf(file: string): Claim[] {
  const [, ...sections] = read(file).split(/^## .*$/m);
  return sections.flatMap((section) => section.split(/^\* |\n\s*\n/m)).flatMap(claimsOfBlock);
}

function claimsOfBlock(block: string): Claim[] {
  const found: string[] = [];
  const text = takeReferences(block.replace(/\s+/g, ' ').trim(), found);
  const sentences = text.split(/(?<=[.!?]\uE000?)\s+(?=[^a-z])/).filter(Boolean);
  return sentences.map((sentence) => {
    const references = [...sentence.matchAll(/\uE000/g)].flatMap(() => parseReferences(found.shift() ?? ''));
    return { text: sentence, references, endsWithReference: /\uE000\.?$/.test(sentence) };
  });
}

/** Replaces each `(*file*…)` by a mark; titles may have brackets of their own. */
function takeReferences(text: string, found: string[]): string {
  let rest = text;
  let taken = '';
  for (let start = rest.search(REFERENCE); start >= 0; start = rest.search(REFERENCE)) {
    const end = closingBracket(rest, rest.indexOf('(', start));
    found.push(rest.slice(rest.indexOf('(', start) + 1, end));
    taken += rest.slice(0, start) + MARK;
    rest = rest.slice(end + 1);
  }
  return taken + rest;
}

function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`A reference is not closed: ${text.slice(open, open + 100)}`);
}

function parseReferences(inside: string): Claim['references'] {
  return inside.split(/(?:^|; )(?=\*(?:src|test|web|scripts)\/)/).map((reference) => {
    const [, file = '', titles = ''] = /^\*([^*]+)\*(?:: (.*))?$/.exec(reference) ?? [];
    return { file, titles: titles.split('; ').filter(Boolean) };
  });
}
