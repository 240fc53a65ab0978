import { useCallback, useState } from 'react';
import { wordsFor } from '../../i18n/refusals.js';
import { useSubmit } from '../../ui/use-submit.js';
import { isGone } from './form-props.js';

type Submission = ReturnType<typeof useSubmit>;

interface Attempt extends Pick<Submission, 'busy' | 'faults'> {
  /** What is no field's fault; empty when nothing is wrong. */
  readonly problem: string;
  readonly attempt: Submission['submit'];
  readonly report: (error: unknown) => void;
}

/**
 * The state of a form at the door while and after it is sent: there are no notices here, so it says everything itself. `onGone` is
 * for a link that was used up meanwhile.
 */
export function useAttempt(onGone?: () => void): Attempt {
  const [problem, setProblem] = useState('');
  const report = useCallback((error: unknown): void => setProblem(wordsFor(error)), []);
  const { busy, faults, submit } = useSubmit((error) => {
    if (onGone !== undefined && isGone(error)) onGone();
    else report(error);
  });
  const attempt: Attempt['attempt'] = (work) => {
    setProblem('');
    return submit(work);
  };
  return { busy, faults, problem, attempt, report };
}
