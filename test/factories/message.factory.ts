import type { Client } from '../support/client.js';
import { ok, type Answer } from '../support/client.js';

let count = 0;

/** Posts a message over HTTP as `sender`; gives it as answered. */
export function postMessage(
  sender: Client,
  ticketId: string,
  fields: Record<string, unknown> = {},
): Promise<Answer['body']> {
  count += 1;
  return ok(sender.post(`/tickets/${ticketId}/messages`, { content: `Message ${count}`, ...fields }), 201);
}

/** Writes an internal note. */
export function postNote(
  sender: Client,
  ticketId: string,
  fields: Record<string, unknown> = {},
): Promise<Answer['body']> {
  count += 1;
  return ok(sender.post(`/tickets/${ticketId}/notes`, { content: `Note ${count}`, ...fields }), 201);
}
