import { lookup as lookUp, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { ECDH } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { isPrivate } from '../../http/security/client-address.js';
import type { Subscription } from './web-push.js';

const LONGEST = 2_000;
const AUTH_BYTES = 16;

/** Names that lead to this machine or into its own network, whatever they resolve to. */
const OWN_NETWORK = /^localhost$|\.(?:localhost|local|internal|lan|home\.arpa)$/;

/** The name resolves to an address that only its own network routes. */
export class PrivateAddress extends Error {
  constructor() {
    super('The name leads to a private address.');
    this.name = 'PrivateAddress';
  }
}

/**
 * Whether a push service may be there: https on its usual port, a name on the internet, no user or password. Anybody who works
 * here names an address to which this server will speak. `local` allows this machine, without TLS.
 */
export function isPushEndpoint(text: string, local: boolean): boolean {
  if (text.length > LONGEST || !/^[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password, hash } = new URL(text);
  if (username !== '' || password !== '' || hash !== '') return false;
  if (local && hostname === '127.0.0.1') return protocol === 'http:';
  return protocol === 'https:' && port === '' && isPublicName(hostname.replace(/\.$/, ''));
}

function isPublicName(hostname: string): boolean {
  // The URL parser has written every spelling of an IPv4 address as four numbers, and of IPv6 between brackets.
  if (ipaddr.isValid(hostname.replace(/^\[|\]$/g, ''))) return false;
  return hostname.includes('.') && !OWN_NETWORK.test(hostname);
}

/** Whether the two keys are what RFC 8291 needs: a point of P-256 and 16 random bytes. */
export function areSubscriptionKeys({ p256dh, auth }: Pick<Subscription, 'p256dh' | 'auth'>): boolean {
  if (Buffer.from(auth, 'base64url').length !== AUTH_BYTES) return false;
  try {
    ECDH.convertKey(p256dh, 'prime256v1', 'base64url', 'base64url', 'uncompressed');
    return Buffer.from(p256dh, 'base64url').length === 65;
  } catch {
    // Not on the curve, or no point at all.
    return false;
  }
}

/** Resolves names for connections, and refuses those that lead to private addresses: a name can be changed after it was looked at. */
export const publicLookup: LookupFunction = (hostname, options, done) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    // With an error there are no addresses at all.
    const [first] = error === null ? addresses : [];
    if (first === undefined) done(error ?? new PrivateAddress(), '');
    else if (addresses.some(({ address }) => isPrivate(address))) done(new PrivateAddress(), '');
    else if (options.all === true) done(null, addresses);
    else done(null, first.address, first.family);
  });
};
