import { createHmac } from 'node:crypto';
import { OpaqueNames } from '../../crypto/opaque-names.js';
import { isRelay, type IceServer } from './ice-servers.js';

/** Longer than a call: servers that ask again when an allocation is renewed must not end it. */
export const CREDENTIAL_LIFE_S = 6 * 60 * 60;
const NAME_BYTES = 8;

/**
 * The ICE servers for one person in one call. TURN servers without a password of their own get one that ends, as the TURN REST API
 * has it (draft-uberti-behave-turn-rest; coturn's use-auth-secret): the username is `expiry:name`, the credential the HMAC-SHA1
 * of that under TURN_SECRET, in Base64. The name tells the TURN server nothing about who calls.
 */
export class IceServers {
  private readonly names: OpaqueNames;

  constructor(
    private readonly servers: readonly IceServer[],
    private readonly secret: string | undefined,
    namingSecret: string,
  ) {
    this.names = new OpaqueNames(namingSecret, 'turn users', NAME_BYTES);
  }

  /** `person` is any text that names the caller; `now` in milliseconds since the epoch. */
  issueFor(person: string, now = Date.now()): IceServer[] {
    const { secret } = this;
    if (secret === undefined) return [...this.servers];
    const ends = Math.floor(now / 1_000) + CREDENTIAL_LIFE_S;
    const credentials = turnCredentials(secret, `${ends}:${this.names.nameFor(person)}`);
    return this.servers.map((server) => (needsCredentials(server) ? { ...server, ...credentials } : server));
  }
}

/** The credentials of a username of the TURN REST API. */
export function turnCredentials(
  secret: string,
  username: string,
): Required<Pick<IceServer, 'username' | 'credential'>> {
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

/** Whether a server relays and has no password of its own. */
export const needsCredentials = (server: IceServer): boolean =>
  server.credential === undefined && isRelay(server);
