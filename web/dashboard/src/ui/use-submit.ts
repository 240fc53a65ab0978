import { useState } from 'react';
import { Refusal } from '../../../client/rest/refusal.js';
import { wordsForField } from '../i18n/refusals.js';
import { showFailure } from './feedback.js';

interface Submission {
  readonly busy: boolean;
  /** What the server found wrong, by field. */
  readonly faults: Readonly<Record<string, string>>;
  /** Runs a request; true when it worked. Faults of fields stand beside them, everything else is reported. */
  readonly submit: (work: () => Promise<void>) => Promise<boolean>;
}

function faultsOf({ fields, kinds }: Refusal): Submission['faults'] {
  const faults = Object.entries(fields).map(([field, message]) => [
    field,
    wordsForField(field, message, kinds[field]),
  ]);
  return Object.fromEntries(faults) as Submission['faults'];
}

/** The state of a form while and after it is sent. `report` tells what is no field's fault: by a notice, unless said otherwise. */
export function useSubmit(report: (error: unknown) => void = showFailure): Submission {
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Submission['faults']>({});
  async function submit(work: () => Promise<void>): Promise<boolean> {
    setBusy(true);
    setFaults({});
    try {
      await work();
      return true;
    } catch (error) {
      const named = error instanceof Refusal ? faultsOf(error) : {};
      setFaults(named);
      if (Object.keys(named).length === 0) report(error);
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, faults, submit };
}
