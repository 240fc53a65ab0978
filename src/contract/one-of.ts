/** Returns the value as one of the words. For columns whose words the database checks; throws on any other. */
export function oneOf<W extends string>(words: readonly W[], value: string): W {
  const word = words.find((known) => known === value);
  if (word === undefined) throw new Error(`"${value}" is none of ${words.join(', ')}`);
  return word;
}
