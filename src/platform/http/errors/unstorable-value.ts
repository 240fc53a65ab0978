/** Prisma's codes and PostgreSQL's SQLSTATEs for a value of the wrong form: uuid, length, range, NUL character. */
const CODES = new Set([
  'P2000',
  'P2023',
  'P2033',
  '22P02',
  '22P05',
  '22021',
  '22001',
  '22003',
  '22007',
  '22008',
]);
const MAX_DEPTH = 5;

/** True when the database refused a value itself, such as a text that is no uuid: the sender's fault, not ours. */
export function isUnstorableValue(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return false;
  const { code, originalCode, cause, meta, driverAdapterError } = error as Record<string, unknown>;
  if ([code, originalCode].some((value) => typeof value === 'string' && CODES.has(value))) return true;
  return [cause, meta, driverAdapterError].some((inner) => isUnstorableValue(inner, depth + 1));
}
