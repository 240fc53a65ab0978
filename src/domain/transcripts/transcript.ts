import { escapeHtml } from '../../platform/mail/mail-layout.js';

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
}

const when = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
const titleOf = ({ number, subject }: Transcript): string =>
  subject === null ? number : `${number}: ${subject}`;

const deskOf = ({ desk }: Transcript): string[] => (desk === null ? [] : [desk]);

/** A text as a file may hold it: every kind of line end as one, and no other character that a terminal would act on. */
export function printable(text: string): string {
  return text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');
}

export function asText(transcript: Transcript): string {
  const head = [
    ...deskOf(transcript),
    titleOf(transcript),
    `Opened ${when(transcript.createdAt)}, ${transcript.status}`,
  ];
  const about = transcript.description === null ? [] : [transcript.description];
  const lines = transcript.lines.map(({ at, by, text }) => `[${when(at)}] ${by}:\n${text}`);
  return `${[head.join('\n'), ...about, ...lines].join('\n\n')}\n`;
}

export function asHtml(transcript: Transcript): string {
  const title = escapeHtml(titleOf(transcript));
  const about = transcript.description === null ? '' : `<p>${paragraphs(transcript.description)}</p>`;
  const lines = transcript.lines.map(
    ({ at, by, text }) =>
      `<dt><b>${escapeHtml(by)}</b> <time datetime="${escapeHtml(at)}">${when(at)}</time></dt><dd dir="auto">${paragraphs(text)}</dd>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body>${deskOf(transcript)
    .map((desk) => `<p dir="auto"><b>${escapeHtml(desk)}</b></p>\n`)
    .join('')}<h1 dir="auto">${title}</h1>
<p>Opened ${when(transcript.createdAt)}, ${escapeHtml(transcript.status)}</p>
${about}
<dl>
${lines.join('\n')}
</dl></body></html>
`;
}

const paragraphs = (text: string): string => escapeHtml(text).replace(/\n/g, '<br>');
