import { invalidField } from '../../../platform/http/errors/domain-error.js';

export interface Cursor {
  at: Date;
  id: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where a page ended, as an opaque text. */
export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString('base64url');
}

/** Throws 400 for anything that encodeCursor did not make. */
export function decodeCursor(cursor: string): Cursor {
  const [time, id] = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  const at = new Date(Number(time));
  if (id === undefined || !UUID.test(id) || Number.isNaN(at.getTime())) {
    throw invalidField('cursor', 'This cursor is not from a Link header. Start again without it.');
  }
  return { at, id };
}
