import { useCallback, useState } from 'react';
import { Refusal } from '../../../../client/rest/refusal.js';
import { wordsFor, wordsForField } from '../../i18n/refusals.js';

interface Attempt {
  readonly busy: boolean;
  /** What the server found wrong, by field. */
  readonly faults: Readonly<Record<string, string>>;
  /** Everything else; empty when nothing is wrong. */
  readonly problem: string;
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
  readonly report: (error: unknown) => void;
}

/** The state of a form at the door while and after it is sent: there are no notices here, so it says everything itself. */
export function useAttempt(): Attempt {
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Attempt['faults']>({});
  const [problem, setProblem] = useState('');
  const report = useCallback((error: unknown): void => setProblem(wordsFor(error)), []);
  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setFaults({});
    setProblem('');
    try {
      await work();
    } catch (error) {
      const named = error instanceof Refusal ? faultsOf(error) : {};
      setFaults(named);
      if (Object.keys(named).length === 0) report(error);
    } finally {
      setBusy(false);
    }
  }
  return { busy, faults, problem, attempt, report };
}

function faultsOf({ fields, kinds }: Refusal): Attempt['faults'] {
  const faults = Object.entries(fields).map(
    ([field, message]) => [field, wordsForField(field, message, kinds[field])] as const,
  );
  return Object.fromEntries(faults);
}
