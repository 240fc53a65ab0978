import { message } from '../../platform/i18n/messages.js';
import { dayFor, momentFor, readerOf, timeFor, zoneFor, type Reader } from '../../platform/mail/reader.js';

export interface TranscriptLine {
  at: string;
  by: string;
  from: 'donor' | 'admin' | 'system';
  text: string;
}

/** A conversation as its donor sees it: no notes, nothing that was deleted. Its texts are printable. */
export interface Transcript {
  /** What the desk is called; null while it has no name. */
  desk: string | null;
  number: string;
  subject: string | null;
  status: string;
  createdAt: string;
  donorName: string | null;
  description: string | null;
  lines: readonly TranscriptLine[];
  /** In which language it is written (BCP 47), and in which zone its times are (IANA name). */
  locale: string;
  timeZone: string;
}

/** A line with its time in words. */
interface SpokenLine extends TranscriptLine {
  time: string;
}

/** A transcript as its reader's calendar and clocks have it. */
export interface SpokenTranscript {
  reader: Reader;
  title: string;
  /** When it was opened, and how it stands. */
  state: string;
  zone: string;
  /** What the donor wrote first, and then all lines, by day. */
  days: readonly { day: string; lines: readonly SpokenLine[] }[];
}

export function spoken(transcript: Transcript): SpokenTranscript {
  const { number, subject, status, createdAt, description, lines } = transcript;
  const reader = readerOf(transcript.locale, transcript.timeZone);
  const { locale } = reader;
  const by = transcript.donorName ?? message(locale, 'mail.transcript.donor');
  const opening =
    description === null ? [] : [{ at: createdAt, by, from: 'donor' as const, text: description }];
  const at = momentFor(reader, new Date(createdAt));
  const opened = message(locale, 'mail.transcript.opened', { at });
  return {
    reader,
    title: subject === null ? number : `${number}: ${subject}`,
    state: `${opened} · ${message(locale, 'mail.transcript.status', { status })}`,
    zone: message(locale, 'mail.zone', { zone: zoneFor(reader, new Date(createdAt)) }),
    days: byDay(reader, [...opening, ...lines]),
  };
}

function byDay(reader: Reader, lines: readonly TranscriptLine[]): SpokenTranscript['days'] {
  const days: { day: string; lines: SpokenLine[] }[] = [];
  for (const line of lines) {
    const at = new Date(line.at);
    const day = dayFor(reader, at);
    if (days.at(-1)?.day !== day) days.push({ day, lines: [] });
    days.at(-1)?.lines.push({ ...line, time: timeFor(reader, at) });
  }
  return days;
}

/** A text as a file may hold it: every kind of line end as one, and no other character that a terminal would act on. */
export function printable(text: string): string {
  return text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
}

export function asText(transcript: Transcript): string {
  const { title, state, zone, days } = spoken(transcript);
  const { desk } = transcript;
  const head = [...(desk === null ? [] : [desk]), title, state, zone].join('\n');
  const said = days.flatMap(({ day, lines }) => [
    `* ${day}`,
    ...lines.map(({ time, by, text }) => `[${time}] ${by}:\n${text}`),
  ]);
  return `${[head, ...said].join('\n\n')}\n`;
}
