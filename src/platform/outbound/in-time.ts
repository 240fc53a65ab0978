import { isTaskCancelledError, timeout, TimeoutStrategy } from 'cockatiel';

/** The other side did not answer in time. */
export class OutboundTimeout extends Error {
  constructor(ms: number) {
    super(`No answer within ${ms / 1_000} s.`);
    this.name = 'OutboundTimeout';
  }
}

/**
 * Throws OutboundTimeout after `ms` milliseconds, also when the work does not obey its signal, which is aborted then and when
 * the work has ended.
 */
export async function inTime<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await timeout(ms, TimeoutStrategy.Aggressive).execute((_context, signal) => work(signal));
  } catch (error) {
    throw isTaskCancelledError(error) ? new OutboundTimeout(ms) : error;
  }
}
