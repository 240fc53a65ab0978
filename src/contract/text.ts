/** All of it can be encoded as UTF-8: no half of a surrogate pair stands alone. PostgreSQL keeps nothing else. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}

/**
 * Characters that show nothing: controls, blanks, what Unicode calls default-ignorable (zero-width characters, soft hyphens,
 * Hangul fillers, directional marks), the blank braille pattern, and the anchors of annotations.
 */
const SHOWN = /[^\p{Cc}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB]/u;

/** Somebody who reads this text sees something. */
export function showsSomething(text: string): boolean {
  return SHOWN.test(text);
}

/**
 * The beginning of a text, at most `most` UTF-16 units long, without half a character at its end: an emoji of several code
 * points, a letter with its accents and a syllable stay whole. The answer is well-formed whatever came in.
 */
export function cutText(text: string, most: number): string {
  const whole = text.length <= most ? text : text.slice(0, boundaryBefore(text, most));
  return whole.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** Where the grapheme begins that stands at `at` (UAX #29). */
function boundaryBefore(text: string, at: number): number {
  // One character more than fits is enough to see where the last one ends.
  const start =
    segmenter()
      ?.segment(text.slice(0, at + LONGEST_GRAPHEME))
      .containing(at)?.index ?? 0;
  // A pile of accents longer than the bound, or a browser without Intl.Segmenter: code points stay whole.
  if (start > 0 && at - start <= LONGEST_GRAPHEME) return start;
  return /[\uD800-\uDBFF]$/.test(text.slice(Math.max(0, at - 1), at)) ? at - 1 : at;
}

/** Longer than any emoji or syllable; what is longer still is decoration. */
const LONGEST_GRAPHEME = 64;

let shared: Intl.Segmenter | undefined;

function segmenter(): Intl.Segmenter | undefined {
  if (!('Segmenter' in Intl)) return undefined;
  return (shared ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' }));
}

/** What somebody has written in a field: without the blanks around it, and empty when it shows nothing. */
export function writtenText(text: string): string {
  return showsSomething(text) ? text.trim() : '';
}

/** The first characters of the first and the last word of a name, in capitals: what stands where a picture is missing. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word = '') => firstCharacter(word))
    .join('')
    .toLocaleUpperCase();
}

function firstCharacter(word: string): string {
  const start = word.slice(0, LONGEST_GRAPHEME);
  for (const { segment } of segmenter()?.segment(start) ?? []) return segment;
  return [...start][0] ?? '';
}
