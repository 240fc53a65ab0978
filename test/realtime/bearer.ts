import type { Client } from '../support/client.js';

/** The token a client sends over HTTP. */
export function bearerOf({ headers }: Pick<Client, 'headers'>): string {
  const token = headers.authorization?.replace('Bearer ', '');
  if (token === undefined) throw new Error('This client has no token.');
  return token;
}
