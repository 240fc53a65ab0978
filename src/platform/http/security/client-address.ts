import { isIP } from 'node:net';
import { normalizeIp } from '@nestjs/throttler';
import type { Express, Request } from 'express';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';

/** `address:port`, `[address]` or `[address]:port`, as some balancers write into X-Forwarded-For. */
const WITH_PORT = /^(?:\[([\da-f:.%]{2,60})\]|([\d.]{7,15}))(?::\d{1,5})?$/i;
const LONGEST = 80;
/** The texts of late and what they came to ('' for no address): the same visitors and proxies come again and again. */
const recent = new LRUCache<string, string>({ max: 1_000 });

/**
 * The bare IP address in `text`: no port, no brackets, no blanks, and IPv4 for an IPv4-mapped IPv6 address, so that one
 * machine has one spelling. Undefined when the text is no address.
 */
export function plainAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > LONGEST) return undefined;
  let address = recent.get(text);
  if (address === undefined) {
    address = parse(text) ?? '';
    recent.set(text, address);
  }
  return address === '' ? undefined : address;
}

function parse(text: string): string | undefined {
  const trimmed = text.trim();
  const [, bracketed, ported] = WITH_PORT.exec(trimmed) ?? [];
  const bare = bracketed ?? ported ?? trimmed;
  const version = isIP(bare);
  if (version === 0) return undefined;
  return version === 4 ? bare : ipaddr.process(bare).toString();
}

type Connection = Pick<Request, 'headers'> & { socket: { remoteAddress?: string | undefined } };

/** The address at the other end of the connection itself: a visitor, or the nearest proxy. */
export function peerAddress({ socket }: Pick<Connection, 'socket'>): string | undefined {
  return plainAddress(socket.remoteAddress);
}

const LOOPBACK = new Set(['127.0.0.1', '::1']);
/** Headers by which a request tells that it came over a proxy. */
const BY_PROXY = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Whether this machine itself asks, and no proxy on it for somebody else. */
export function isFromThisMachine(request: Connection): boolean {
  if (BY_PROXY.some((header) => request.headers[header] !== undefined)) return false;
  return LOOPBACK.has(peerAddress(request) ?? '');
}

/** Whether an address is one that only its own network routes, as those of most reverse proxies are. */
export function isPrivate(address: string): boolean {
  return ipaddr.parse(address).range() !== 'unicast';
}

/**
 * Who is asking: the last address of X-Forwarded-For that a trusted machine vouches for. What is no address there ends
 * the search, and the machine that passed it on counts as the visitor.
 */
export function clientAddress(
  request: Connection,
  isTrusted: (address: string) => boolean,
): string | undefined {
  let known = peerAddress(request);
  const hops = String(request.headers['x-forwarded-for'] ?? '').split(',');
  for (const hop of hops.reverse()) {
    if (known === undefined || !isTrusted(known)) break;
    const address = plainAddress(hop);
    if (address === undefined) break;
    known = address;
  }
  return known;
}

/** What limits count an address under. An IPv6 household owns a whole /64, so that is what the key names. */
export function addressKey(ip: string | undefined): string {
  return `ip:${normalizeIp(ip ?? 'unknown')}`;
}

/**
 * Makes `request.ip` the client's address for everybody who reads it, sockets included: Express's own keeps the port and
 * hands on what is no address. Only the listed proxies are believed. Throws when the list holds anything but addresses.
 */
export function readClientAddress(app: Express, proxies: string[]): void {
  try {
    app.set('trust proxy', proxies.length > 0 ? proxies : false);
  } catch (cause) {
    throw new Error('TRUSTED_PROXIES: must list addresses or networks such as 10.0.0.0/8', { cause });
  }
  const trusts = app.get('trust proxy fn') as (address: string, hop: number) => boolean;
  Object.defineProperty(app.request, 'ip', {
    configurable: true,
    enumerable: true,
    get(this: Request) {
      return clientAddress(this, (address) => trusts(address, 0));
    },
  });
}
