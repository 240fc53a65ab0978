import type { Queue, QueueOptions } from 'pg-boss';
import { derivedUuid } from '../crypto/derived-uuid.js';

/** Where jobs end that failed every try; operators see the count and may send them again. */
export const DEAD_LETTERS = 'dead-letters';

/** A job that does nothing: that it was done shows that jobs are. */
export const ROUND_TRIP = 'doctor.round-trip';

const DAY_S = 86_400;

/** A running job whose process has not been heard of for so long is tried again; live ones report every 5 s. */
const HEARTBEAT_S = 15;
export const HEARTBEAT_EVERY_S = 5;

/** Of those that wait in one queue, what is urgent goes first; everything else has pg-boss's 0. */
export const URGENT_PRIORITY = 10;

/** What a kind of job may ask for. */
export interface JobOptions {
  /** How many run at once in one process; 1 unless told. */
  concurrency?: number;
  /** Seconds one try may take; 60 unless told. */
  timeout?: number;
  /** Tries after the first; 8 unless told. */
  retryLimit?: number;
  /** Seconds before the second try; 2 unless told. Later waits double, with some chance in them, up to an hour. */
  retryDelay?: number;
}

/** Handed to a handler with its data. */
export interface JobRun {
  id: string;
  /** Aborted when the try took too long or the process stops. */
  signal: AbortSignal;
}

/** Must be idempotent: a job runs at least once. Throw to be retried. */
export type JobHandler<T extends object> = (data: T, run: JobRun) => Promise<void>;

/** How pg-boss keeps a queue of ours: woken by NOTIFY, retried with backoff. */
export function queueOptions(options: JobOptions): QueueOptions & Pick<Queue, 'notify'> {
  return {
    notify: true,
    retryLimit: options.retryLimit ?? 8,
    retryDelay: options.retryDelay ?? 2,
    retryBackoff: true,
    retryDelayMax: 3_600,
    expireInSeconds: options.timeout ?? 60,
    heartbeatSeconds: HEARTBEAT_S,
    deleteAfterSeconds: 2 * DAY_S,
  };
}

export const DEAD_LETTER_QUEUE: Omit<Queue, 'name'> = { retentionSeconds: 90 * DAY_S };

/** The job id that a key stands for: the same key in the same queue is one job, as long as its row is kept (2 days). */
export function idOfKey(queue: string, key: string): string {
  return derivedUuid(`${queue}\n${key}`);
}
