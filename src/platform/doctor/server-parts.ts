import { z } from 'zod';
import type { Finding } from './trial.js';

const partSchema = z.object({
  status: z.enum(['up', 'degraded', 'down', 'off']),
  note: z.string().optional(),
});
const answerSchema = z.object({ parts: z.record(z.string(), partSchema) });

/** What a running server says of its parts. */
export type ServerParts = z.infer<typeof answerSchema>['parts'];

const ANSWER_MS = 5_000;

/** The server at `base`, if it is a Concierge and answers. */
export async function isRunning(base: string): Promise<boolean> {
  try {
    const answer = await fetch(`${base}/health/ping`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return ((await answer.json()) as { status?: unknown }).status === 'pong';
  } catch {
    return false;
  }
}

export async function partsOf(base: string): Promise<ServerParts> {
  const answer = await fetch(`${base}/health/advanced`, { signal: AbortSignal.timeout(ANSWER_MS) });
  return answerSchema.parse(await answer.json()).parts;
}

/** The finding about one part; a part that this version does not have is off. Throws when it is down or ails. */
export function findingOf(part: ServerParts[string] | undefined): Finding {
  if (part === undefined) return { state: 'off', note: 'The running server has no such part.' };
  const note = part.note ?? 'It answers.';
  if (part.status === 'down' || part.status === 'degraded') throw new Error(note);
  return { state: part.status === 'up' ? 'ok' : 'off', note };
}
