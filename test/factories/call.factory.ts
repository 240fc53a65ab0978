import type { Client } from '../support/client.js';
import { ok, type Answer } from '../support/client.js';

/** Starts a call over HTTP; `by` says on whose side the caller is. */
export function startCall(
  caller: Client,
  ticketId: string,
  by: 'donor' | 'admin',
  fields: Record<string, unknown> = {},
): Promise<Answer['body']> {
  return ok(caller.post('/calls', { ticketId, callType: 'video', initiatedBy: by, ...fields }), 201);
}
