import { useState } from 'react';
import { Refusal } from '../../../client/rest/refusal.js';
import { showFailure } from './feedback.js';

interface Submission {
  readonly busy: boolean;
  /** What the server found wrong, by field. */
  readonly faults: Readonly<Record<string, string>>;
  /** Runs a request; true when it worked. Faults of fields stand beside them, everything else is shown as a notice. */
  readonly submit: (work: () => Promise<void>) => Promise<boolean>;
}

/** The state of a form while and after it is sent. */
export function useSubmit(): Submission {
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Submission['faults']>({});
  async function submit(work: () => Promise<void>): Promise<boolean> {
    setBusy(true);
    setFaults({});
    try {
      await work();
      return true;
    } catch (error) {
      const named = error instanceof Refusal ? error.fields : {};
      setFaults(named);
      if (Object.keys(named).length === 0) showFailure(error);
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, faults, submit };
}
