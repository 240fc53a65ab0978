import { invalidField } from '../errors/domain-error.js';
import { isUuid } from '../validation/uuid.js';

/** The place of a row in a list that is sorted by a time and then by id. */
export interface Cursor {
  at: Date;
  id: string;
  /** One digit, where the list is sorted by a rank first. */
  rank?: number;
}

const FORM = /^(-?\d{1,16})\.([\da-f-]{1,36})(?:\.(\d))?$/i;
const ROW_NUMBER = /^\d{1,18}$/;

/** Whether a text is the id of a row of a table that numbers its rows. */
export const isRowNumber = (id: string): boolean => ROW_NUMBER.test(id);

/** Returns the place where a page ended, as an opaque text. */
export function encodeCursor({ at, id, rank }: Cursor): string {
  const place = `${at.getTime()}.${id}`;
  return Buffer.from(rank === undefined ? place : `${place}.${rank}`).toString('base64url');
}

/** Reads a cursor whose ids are of one kind. Throws 400 for anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string, isId: (id: string) => boolean = isUuid): Cursor {
  const [, time, id, rank] = FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const at = new Date(Number(time));
  if (id === undefined || !isId(id) || Number.isNaN(at.getTime()))
    throw invalidField('cursor', 'This cursor is not from a Link header. Start again without it.');
  return { at, id, ...(rank !== undefined && { rank: Number(rank) }) };
}
