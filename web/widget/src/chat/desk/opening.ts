import type { Shape } from '../../../../client/rest/client.js';
import { serverNow } from '../../../../client/clock.js';
import { formatMessage } from '../../../../i18n/format.js';
import { dateIn, locale, timeOf } from '../../words.js';
import { loadOpeningWords, type OpeningTexts } from './opening-words.js';

/** What the desk says of itself: who is there, and when somebody is. */
export interface Opening {
  /** Somebody is there who can take a call. */
  readonly canCall: boolean;
  readonly greeting: string | null;
  /** When we answer, or are back. */
  readonly line: string | undefined;
  readonly words: OpeningTexts;
}

type About = Shape<'DeskResponse'>;

const TIMEOUT_MS = 15_000;
const MINUTE = 60_000;
const HOURS_FROM = 90;
const DAYS_FROM = 2 * 24 * 60;
const WEEK = 7;

/** Asks the desk, without a token: the answer is the same for everybody, and the browser may have it. */
export async function readOpening(origin: string): Promise<Opening> {
  const [words, about] = await Promise.all([loadOpeningWords(), readDesk(origin)]);
  const { canCall, greeting } = about;
  return { canCall, greeting, line: lineOf(words, about), words };
}

async function readDesk(origin: string): Promise<About> {
  const response = await fetch(`${origin}/api/v1/desk?lang=${locale()}`, {
    credentials: 'omit',
    // Asked for news: a copy serves when the server says that nothing has changed.
    cache: 'no-cache',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the desk answered ${response.status}`);
  return (await response.json()) as About;
}

function lineOf(words: OpeningTexts, { hours, expectedReplyMinutes }: About): string | undefined {
  if (hours !== null && !hours.isOpen)
    return hours.opensAt === null ? words.closed : backOf(words, hours.opensAt);
  return expectedReplyMinutes === null ? undefined : replyOf(words, expectedReplyMinutes);
}

function replyOf(words: OpeningTexts, minutes: number): string {
  if (minutes < HOURS_FROM) return formatMessage(words.minutes, { count: minutes }, locale());
  if (minutes < DAYS_FROM) return formatMessage(words.hours, { count: Math.ceil(minutes / 60) }, locale());
  return formatMessage(words.days, { count: Math.ceil(minutes / (24 * 60)) }, locale());
}

/** By the calendar and the clock of this device. */
function backOf(words: OpeningTexts, opensAt: string): string {
  const time = timeOf(opensAt);
  const days = daysUntil(new Date(opensAt));
  if (days < 1) return formatMessage(words.backToday, { time }, locale());
  if (days < 2) return formatMessage(words.backTomorrow, { time }, locale());
  const date: Intl.DateTimeFormatOptions = days < WEEK ? {} : { day: 'numeric', month: 'long' };
  const day = dateIn(opensAt, { weekday: 'long', ...date });
  return formatMessage(words.backOn, { day, time }, locale());
}

function daysUntil(date: Date): number {
  const midnight = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
  return (midnight(date) - midnight(new Date(serverNow()))) / (24 * 60 * MINUTE);
}
