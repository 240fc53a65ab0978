import { inTime } from '../outbound/in-time.js';

/** What a trial found; `off`: not configured, so nothing was tried. */
export interface Finding {
  state: 'ok' | 'off';
  note: string;
}

/** One part of the system, tried for real. A `run` that throws has failed; its message is shown. */
export interface Trial {
  name: string;
  /** The lines of .env that decide about it. */
  settings: string;
  run(): Promise<Finding>;
}

const PATIENCE_MS = 20_000;
const NAME_WIDTH = 10;

/** Runs a trial and writes what it found: one line, and when it failed a second one that says what to change. */
export async function attempt(trial: Trial, write: (line: string) => void): Promise<boolean> {
  const started = performance.now();
  const tell = (state: string, note: string) => {
    const took = `${((performance.now() - started) / 1_000).toFixed(1)} s`;
    write(`  ${state.padEnd(6)}  ${trial.name.padEnd(NAME_WIDTH)}  ${took.padStart(6)}  ${note}`);
  };
  try {
    const { state, note } = await inTime(PATIENCE_MS, () => trial.run());
    tell(state, note);
    return true;
  } catch (error) {
    tell('failed', reasonOf(error));
    write(`${' '.repeat(NAME_WIDTH + 20)}Look at ${trial.settings}`);
    return false;
  }
}

/** The first line; several addresses that were tried leave an error without a message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return reasonOf(error.errors[0]);
  const text = error instanceof Error ? error.message : String(error);
  // Whatever else an address holds, it may hold a password.
  return (text.split('\n')[0] ?? '').replace(/\b([a-z]+:\/\/)[^\s@/]*@/gi, '$1');
}
