import { ConfigInvalid } from '../config/config.js';

/** A reason not to start that the operator can do something about; its message is all they need. */
export class StartFailure extends Error {}

/** The sentence for an operator; undefined for a fault of ours, which deserves its stack in the log. */
export function explainStart(error: unknown, port = 0): string | undefined {
  if (error instanceof ConfigInvalid) return error.message;
  if (error instanceof StartFailure) return `Concierge cannot start: ${error.message}`;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Stop the other program or start with PORT=${port + 1} npm start`;
  }
  if (code === 'EACCES') return `Port ${port} is not open to this account. Start with PORT=5005 npm start`;
  return undefined;
}
