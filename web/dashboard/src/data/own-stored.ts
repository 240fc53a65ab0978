import { useEffect } from 'react';
import { useMe } from './session/use-session.js';
import { readStored, useStored, writeStored } from '../storage/stored.js';

/** A text that one member of staff keeps in this browser; colleagues who sign in here have their own. */
export function useOwnStored(name: string): [string | null, (value: string | null) => void] {
  const own = `${useMe().id}:${name}`;
  useEffect(() => takeOver(name, own), [name, own]);
  return useStored(own);
}

type Change<T> = (list: readonly T[]) => readonly T[];

/** The same for a list; anything that is not one counts as empty. A change starts from what stands there by then. */
export function useOwnList<T>(
  name: string,
  isItem: (value: unknown) => value is T,
): [readonly T[], (change: Change<T>) => void] {
  const own = `${useMe().id}:${name}`;
  const [text] = useOwnStored(name);
  const change = (work: Change<T>): void => {
    const list = work(parseList(readStored(own), isItem));
    writeStored(own, list.length === 0 ? null : JSON.stringify(list));
  };
  return [parseList(text, isItem), change];
}

function parseList<T>(text: string | null, isItem: (value: unknown) => value is T): T[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter(isItem) : [];
  } catch {
    return [];
  }
}

/** Earlier versions named no person: it goes to the person who signs in first, most likely its only user. */
function takeOver(name: string, own: string): void {
  const earlier = readStored(name);
  if (earlier === null) return;
  writeStored(name, null);
  if (readStored(own) === null) writeStored(own, earlier);
}
