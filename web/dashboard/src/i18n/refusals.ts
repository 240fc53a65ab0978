import { ERROR_CODES } from '../../../../src/contract/error-codes.js';
import type { MessageKey } from './catalogues.js';
import { language } from './language.js';
import { isLost } from '../storage/lost-parts.js';
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

/** Answers without a code of ours: they come from what stands before the server, such as a proxy. */
const FOREIGN: Readonly<Record<string, Told>> = {
  BAD_ANSWER: 'SERVICE_UNAVAILABLE',
  HTTP_401: 'UNAUTHORIZED',
  HTTP_403: 'FORBIDDEN',
  HTTP_404: 'NOT_FOUND',
  HTTP_409: 'CONFLICT',
  HTTP_413: 'PAYLOAD_TOO_LARGE',
  HTTP_429: 'RATELIMIT',
  HTTP_500: 'INTERNAL_SERVER_ERROR',
  HTTP_502: 'SERVICE_UNAVAILABLE',
  HTTP_503: 'SERVICE_UNAVAILABLE',
  HTTP_504: 'TIMEOUT',
};

/** The server's English words for these are for programs, or say nothing of what to do. */
const SAID_HERE: ReadonlySet<string | undefined> = new Set([
  ...(['RATELIMIT', 'NOT_FOUND', 'PAYLOAD_TOO_LARGE'] as const),
  ...(['SERVICE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR', ...CLIENT_CODES] as const),
]);

type Untold = (typeof UNTOLD)[number];
type Told = Exclude<(typeof CODES)[number], Untold>;

const isTold = (code: (typeof CODES)[number]): code is Told => !UNTOLD.some((untold) => untold === code);

/** What to tell people about an error: never its own words, unless the server wrote them for people. */
export function wordsFor(error: unknown): string {
  if (isLost(error)) return whenLoaded('errors.lost');
  if (error instanceof Error && 'code' in error) return wordsForCode(String(error.code), error.message);
  return whenLoaded('errors.broken');
}

/** Whether the connection is why; the page says that once, for everything. */
export const isOfTheLine = (error: unknown): boolean =>
  error instanceof Error && CLIENT_CODES.some((code) => 'code' in error && error.code === code);

/**
 * The same for a code. The server writes for people, in English: there its own sentence says the most of a refusal, except of what
 * its words for other clients do not explain.
 */
export function wordsForCode(code: string | undefined, english: string): string {
  const known = CODES.filter(isTold).find((one) => one === code);
  if (known !== undefined && language.locale() === 'en' && !SAID_HERE.has(code) && isSentence(english))
    return english;
  return whenLoaded(`errors.${known ?? FOREIGN[code ?? ''] ?? 'other'}`);
}

/** The same for one field of a form; `kind` is the rule that it broke. */
export function wordsForField(field: string, english: string, kind: string | undefined): string {
  if (language.locale() === 'en' && isSentence(english)) return english;
  if (kind === 'unique' || kind === 'invited') return whenLoaded(`errors.field.${kind}`);
  const known = FIELDS.find((one) => one === field);
  return whenLoaded(`errors.field.${known ?? 'other'}`);
}

/** Without a connection these words may never have come. */
function whenLoaded(key: Extract<MessageKey, `errors.${string}`>): string {
  return language.has('errors') ? t(key) : t('core.failedHint');
}

/** Whether a text was written for people: a word alone is none. */
const isSentence = (text: string): boolean => /\S \S/.test(text) && !/[{}<>]/.test(text);
