import type { Draft } from './draft.js';

/** What each part of the form is given. */
export interface FieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
  /** What is wrong, in words, by field. */
  readonly faults: Readonly<Record<string, string>>;
}
