/** The facts about a failure that its many wrappers (Prisma, the driver adapter, pg, Node sockets) carry. */
interface Facts {
  codes: Set<string>;
  constraints: Set<string>;
  messages: string[];
}

const MAX_DEPTH = 6;
const NESTED = ['cause', 'meta', 'driverAdapterError', 'error'];
const CODES = ['code', 'errorCode', 'originalCode', 'kind'];

/** SQLSTATEs of appendix A, Prisma's codes, the adapter's kinds and Node's socket codes that mean "no database right now". */
const UNAVAILABLE = new Set([
  ...['57P01', '57P02', '57P03', '57P05', '53300', '25P03', '25P04'],
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'],
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'EPIPE',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ],
]);

/** What pg and pg-pool say without any code. */
const UNAVAILABLE_MESSAGE =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|not queryable|Client was closed|after calling end on the pool/;

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function addConstraint(facts: Facts, value: unknown): void {
  const constraint = asRecord(value);
  const names = constraint ? [constraint['index'], ...[constraint['fields']].flat()] : [value].flat();
  for (const name of names) if (typeof name === 'string') facts.constraints.add(name);
}

function collect(error: unknown, facts: Facts, depth = 0): Facts {
  const record = asRecord(error);
  if (!record || depth > MAX_DEPTH) return facts;
  for (const key of CODES) if (typeof record[key] === 'string') facts.codes.add(record[key]);
  if (typeof record['message'] === 'string') facts.messages.push(record['message']);
  addConstraint(facts, record['constraint']);
  addConstraint(facts, record['target']);
  for (const key of NESTED) collect(record[key], facts, depth + 1);
  if (Array.isArray(record['errors'])) for (const inner of record['errors']) collect(inner, facts, depth + 1);
  return facts;
}

function factsOf(error: unknown): Facts {
  return collect(error, { codes: new Set(), constraints: new Set(), messages: [] });
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  const facts = factsOf(error);
  return codes.some((code) => facts.codes.has(code));
}

/** The database cannot be reached or has no room: the caller should answer 503 and try again later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { codes, messages } = factsOf(error);
  for (const code of codes) if (UNAVAILABLE.has(code) || /^08[0-9A-Z]{3}$/.test(code)) return true;
  return messages.some((message) => UNAVAILABLE_MESSAGE.test(message));
}

/** A unique constraint was hit; with a name, exactly that constraint, or the single-column constraint of that column. */
export function isUniqueViolation(error: unknown, constraintOrField?: string): boolean {
  const { codes, constraints } = factsOf(error);
  if (!['23505', 'P2002', 'UniqueConstraintViolation'].some((code) => codes.has(code))) return false;
  if (constraintOrField === undefined || constraints.has(constraintOrField)) return true;
  return [...constraints].some((name) => name.endsWith(`_${constraintOrField}_key`));
}

/** A row that this one refers to is not there (any more). */
export function isForeignKeyViolation(error: unknown): boolean {
  return hasCode(error, '23503', 'P2003', 'ForeignKeyConstraintViolation');
}

/** Two transactions collided (SQLSTATE 40001, 40P01): the whole transaction may be run again. */
export function isSerializationOrDeadlock(error: unknown): boolean {
  return hasCode(error, '40001', '40P01', 'P2034', 'TransactionWriteConflict');
}

/** The statement ran longer than statement_timeout (SQLSTATE 57014). */
export function isStatementTimeout(error: unknown): boolean {
  return hasCode(error, '57014');
}

/** A row lock was not free within lock_timeout (SQLSTATE 55P03). */
export function isLockTimeout(error: unknown): boolean {
  return hasCode(error, '55P03');
}
