import type { Shape } from '../../data/api.js';

export interface LinkFormProps {
  readonly token: string;
  readonly link: Shape<'PasswordLinkCheckedResponse'>;
  /** The link was used up while the form was open. */
  readonly onGone: () => void;
}

/** What somebody has typed into a field. */
export function typedIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

export const isGone = (error: unknown): boolean => codeOf(error) === 'GONE';

/** What stands behind the # was never a token. */
export const isNoToken = (error: unknown): boolean => codeOf(error) === 'BAD_REQUEST';
