import { AGES } from '../../../../../src/contract/desk-ages.js';
import { LOCALES, type Locale } from '../../../../shared/locale.js';
import type { DeskSettings } from './settings-query.js';

export type OpenHours = DeskSettings['hours'][number];

/** The settings as the fields of the form hold them. */
export interface Draft {
  readonly name: string;
  /** Empty for the product's own. */
  readonly colour: string;
  /** Minutes; empty where nothing is promised. */
  readonly reply: string;
  readonly greetings: Readonly<Record<Locale, string>>;
  readonly timeZone: string;
  readonly hours: readonly OpenHours[];
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
  /** One a line. */
  readonly origins: string;
  /** Days; empty for never. */
  readonly autoClose: string;
  readonly retention: string;
}

export type Changes = Omit<DeskSettings, 'version' | 'logoUrl' | 'configuredOrigins' | 'updatedAt'>;

/** Of what is wrong, the part of the form and the key of the words. */
export type Fault =
  | {
      readonly at: 'colour' | 'reply' | 'origins' | 'hours' | 'holidays' | 'autoClose' | 'retention';
      readonly line?: string;
    }
  | undefined;

export function draftOf(settings: DeskSettings): Draft {
  const { name, colour, expectedReplyMinutes, greetings, timeZone, hours, holidays, widgetOrigins } =
    settings;
  return {
    name: name ?? '',
    colour: colour ?? '',
    reply: textOf(expectedReplyMinutes),
    greetings: Object.fromEntries(LOCALES.map((one) => [one, greetings[one] ?? ''])) as Draft['greetings'],
    ...{ timeZone, hours },
    holidays: holidays.map((holiday) => ({ date: holiday.date, name: holiday.name ?? '' })),
    origins: widgetOrigins.join('\n'),
    autoClose: textOf(settings.autoCloseDays),
    retention: textOf(settings.retentionDays),
  };
}

export function changesOf(draft: Draft): Changes {
  const { name, colour, reply, greetings, timeZone, hours, holidays } = draft;
  const filled = Object.entries(greetings).filter(([, text]) => text.trim() !== '');
  return {
    name: name.trim() || null,
    colour: colour.trim() || null,
    expectedReplyMinutes: numberOf(reply),
    greetings: Object.fromEntries(filled),
    ...{ timeZone, hours: [...hours] },
    holidays: holidays.map((holiday) => ({ date: holiday.date, name: holiday.name.trim() || null })),
    widgetOrigins: originsOf(draft),
    autoCloseDays: numberOf(draft.autoClose),
    retentionDays: numberOf(draft.retention),
  };
}

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

/** The first thing that the server would refuse. */
export function faultOf(draft: Draft): Fault {
  if (draft.colour.trim() !== '' && !isColour(draft.colour.trim())) return { at: 'colour' };
  if (!/^(|[1-9]\d{0,3}|10080)$/.test(draft.reply.trim())) return { at: 'reply' };
  const origin = originsOf(draft).find((line) => !isOrigin(line));
  if (origin !== undefined) return { at: 'origins', line: origin };
  if (draft.hours.some((one) => isWrong(one, draft.hours))) return { at: 'hours' };
  const days = draft.holidays.map(({ date }) => date);
  if (days.includes('') || new Set(days).size < days.length) return { at: 'holidays' };
  if (!isWithin(draft.autoClose, AGES.autoClose)) return { at: 'autoClose' };
  if (!isWithin(draft.retention, AGES.retention)) return { at: 'retention' };
  return undefined;
}

const textOf = (number: number | null): string => (number === null ? '' : String(number));
const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

function isWithin(text: string, { least, most }: { least: number; most: number }): boolean {
  const number = numberOf(text);
  return number === null || (/^\d+$/.test(text.trim()) && number >= least && number <= most);
}

/** Whether a stretch ends before it begins, or overlaps with another one of its day. */
export function isWrong(one: OpenHours, hours: readonly OpenHours[]): boolean {
  const overlaps = hours.some(
    (other) => other !== one && other.weekday === one.weekday && one.from < other.to && other.from < one.to,
  );
  return one.from === '' || one.to <= one.from || overlaps;
}

const originsOf = ({ origins }: Draft): string[] =>
  origins
    .split(/\s+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const isOrigin = (line: string): boolean =>
  /^[a-z][a-z\d+.-]*:\/\/[^*\s]+$/i.test(line) && URL.canParse(line);
