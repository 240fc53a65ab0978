import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** Of zxcvbn's 0 to 4: withstands somebody who tries a thousand a second for a day (10^8 guesses). */
const STRONG_ENOUGH = 3;

let estimator: Promise<ZxcvbnFactory> | undefined;

/**
 * Whether a program that knows common passwords, words, names, dates, keyboard patterns and the owner's `known` texts finds
 * the password in fewer than 10^8 guesses (zxcvbn). Texts of up to 72 bytes take some milliseconds, at worst 200.
 */
export async function isGuessable(password: string, known: readonly string[]): Promise<boolean> {
  estimator ??= load();
  const words = known
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length > 2);
  return (await estimator).check(password, words).score < STRONG_ENOUGH;
}

/** The word lists take some 40 MB: a process has them from the first password that it sets. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Factory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  return new Factory({ dictionary, graphs: adjacencyGraphs });
}
