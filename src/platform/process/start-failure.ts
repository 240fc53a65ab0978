import { ConfigInvalid } from '../config/config.js';

/** A reason not to start that the operator can do something about; its message is all they need. */
export class StartFailure extends Error {}

/** A setting that only its user can judge, such as ICE_SERVERS, is refused with its name in front. */
const NAMES_A_SETTING = /^[A-Z]+(_[A-Z]+)+: /;

/** The sentence for an operator; undefined for a fault of ours, which deserves its stack in the log. */
export function explainStart(error: unknown, port = 0): string | undefined {
  if (error instanceof ConfigInvalid) return error.message;
  if (error instanceof StartFailure) return `Concierge cannot start: ${error.message}`;
  if (error instanceof Error && NAMES_A_SETTING.test(error.message)) {
    return new ConfigInvalid([error.message]).message;
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Stop the other program or start with PORT=${port + 1} npm start`;
  }
  if (code === 'EACCES') return `Port ${port} is not open to this account. Start with PORT=5005 npm start`;
  return undefined;
}
