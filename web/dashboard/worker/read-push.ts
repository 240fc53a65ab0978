import type { Notice } from '../../shared/notice.js';

/** What a push says, as WebPushContent of the server. */
interface PushContent extends Omit<Notice, 'rings'> {
  /** In ms since 1970. */
  readonly ringsUntil?: number;
}

/** What a push says; undefined when it is none of ours. */
export function readPush(text: string): PushContent | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isContent(content) ? content : undefined;
  } catch {
    // Tools of browsers send plain words.
    return undefined;
  }
}

function isContent(value: unknown): value is PushContent {
  if (typeof value !== 'object' || value === null) return false;
  const { title, body, tag, key, ticketId, ringsUntil } = value as Record<keyof PushContent, unknown>;
  return (
    [title, body, tag, key, ticketId].every((field) => typeof field === 'string') &&
    (ringsUntil === undefined || typeof ringsUntil === 'number')
  );
}
