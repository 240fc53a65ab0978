import { z } from 'zod';

/** As RTCPeerConnection takes it (W3C RTCIceServer). */
export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

/** Whether a server relays (TURN), rather than only telling addresses (STUN). */
export const isRelay = ({ urls }: Pick<IceServer, 'urls'>): boolean =>
  urls.some((url) => /^turns?:/i.test(url));

const ICE_URL = /^(stuns?|turns?):(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/i;

const url = z.string().regex(ICE_URL, 'urls must look like stun:host:port or turn:host:port?transport=udp');
const serverSchema = z.object({
  urls: z.preprocess((urls) => (typeof urls === 'string' ? [urls] : urls), z.array(url).min(1)),
  username: z.string().min(1).optional(),
  credential: z.string().min(1).optional(),
});
const NEEDS_BOTH =
  'a turn: server needs username and credential (use the JSON form), or neither and TURN_SECRET';

/**
 * Parses ICE_SERVERS: a JSON array of RTCIceServer, or comma separated urls; blank means none. With the `secret` of
 * TURN_SECRET a turn: server may come without a password (turn-credentials.ts).
 * Throws an Error that names the entry and never quotes it, because it may hold a credential.
 */
export function parseIceServers(text: string, { secret }: { secret?: string | undefined } = {}): IceServer[] {
  return entries(text.trim()).map((entry, index) => {
    const parsed = serverSchema.safeParse(entry);
    if (!parsed.success) {
      const why = parsed.error.issues[0]?.message ?? 'not a server';
      throw new Error(`ICE_SERVERS: entry ${index + 1}: ${why}.`);
    }
    const { urls, username, credential } = parsed.data;
    const isComplete =
      username === undefined ? credential === undefined && secret !== undefined : credential !== undefined;
    if (!isComplete && isRelay({ urls })) throw new Error(`ICE_SERVERS: entry ${index + 1}: ${NEEDS_BOTH}.`);
    return {
      urls,
      ...(username === undefined ? {} : { username }),
      ...(credential === undefined ? {} : { credential }),
    };
  });
}

function entries(text: string): unknown[] {
  if (text === '') return [];
  if (!text.startsWith('[')) return text.split(',').map((one) => ({ urls: one.trim() }));
  try {
    return JSON.parse(text) as unknown[];
  } catch {
    throw new Error('ICE_SERVERS: the JSON array is not valid JSON.');
  }
}
