import { ERROR_CODES } from '../../../../src/contract/error-codes.js';
import { language } from './language.js';
import { t } from './translate.js';

/** What the client adds to the codes of the server (web/client/failure.ts). */
const CLIENT_CODES = ['OFFLINE', 'TIMEOUT'] as const;
/** Nobody meets them in the dashboard, or they are told in another way. */
const UNTOLD = [
  'TOTP_REQUIRED',
  'TOTP_ENROLMENT_REQUIRED',
  'PASSWORD_CHANGE_REQUIRED',
  'METHOD_NOT_ALLOWED',
  'IDEMPOTENCY_MISMATCH',
] as const;
const CODES = [...ERROR_CODES, ...CLIENT_CODES];
const FIELDS = [
  ...(['password', 'currentPassword', 'newPassword', 'code'] as const),
  ...(['username', 'email', 'avatar'] as const),
];

type Untold = (typeof UNTOLD)[number];
type Told = Exclude<(typeof CODES)[number], Untold>;

const isTold = (code: (typeof CODES)[number]): code is Told => !UNTOLD.some((untold) => untold === code);

/** What to tell people about an error. */
export function wordsFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return wordsForCode('code' in error ? String(error.code) : undefined, error.message);
}

/**
 * The same for a code. The server writes for people, in English: there its own sentence says the most, except of limits, whose words
 * are kept for other clients.
 */
export function wordsForCode(code: string | undefined, english: string): string {
  if (!language.has('errors') || (language.locale() === 'en' && code !== 'RATELIMIT')) return english;
  const known = CODES.filter(isTold).find((one) => one === code);
  return t(`errors.${known ?? 'other'}`);
}

/** The same for one field of a form; `kind` is the rule that it broke. */
export function wordsForField(field: string, english: string, kind: string | undefined): string {
  if (!language.has('errors') || language.locale() === 'en') return english;
  if (kind === 'unique' || kind === 'invited') return t(`errors.field.${kind}`);
  const known = FIELDS.find((one) => one === field);
  return t(`errors.field.${known ?? 'other'}`);
}
