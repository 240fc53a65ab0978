import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { keyNotes } from '../config/delegated-keys.js';
import { assertUsable } from '../database/database-server.js';
import { poolerNotes } from '../database/pooler.js';
import { connectTo } from '../database/wait-for-database.js';
import { isRelay, parseIceServers, type IceServer } from '../video/direct/ice-servers.js';
import { needsCredentials } from '../video/direct/turn-credentials.js';
import { VideoUnavailable } from '../video/port/video.errors.js';
import { createDirectProvider, selectVideoProvider } from '../video/video-provider.factory.js';
import type { Finding } from './trial.js';

const ROOM_LIFE_MS = 5 * 60_000;

/** Connects, writes, and reads what was written; leaves nothing behind. `directUrl`: past a connection pooler. */
export async function tryDatabase({
  url,
  directUrl,
}: {
  url: string;
  directUrl?: string | undefined;
}): Promise<Finding> {
  const version = await writeAndRead(url, directUrl === undefined);
  if (directUrl === undefined)
    return { state: 'ok', note: `PostgreSQL ${version}: connected, wrote and read.` };
  await writeAndRead(directUrl, true);
  const [missing] = await poolerNotes(url, directUrl);
  if (missing !== undefined) throw new Error(missing);
  return {
    state: 'ok',
    note: `PostgreSQL ${version}, directly and through a connection pooler: wrote and read.`,
  };
}

/** The server's version. In one transaction, because over a pooler the next statement may be another session's. */
async function writeAndRead(url: string, isDirect: boolean): Promise<string> {
  const client = await connectTo(url);
  try {
    if (isDirect) await assertUsable(client);
    await client.query('BEGIN');
    await client.query('CREATE TEMPORARY TABLE doctor (word text)');
    await client.query("INSERT INTO doctor VALUES ('written')");
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version') AS version FROM doctor",
    );
    await client.query('ROLLBACK');
    return rows[0]?.version.split(' ')[0] ?? '?';
  } finally {
    await client.end();
  }
}

/** Writes a file where uploads go, reads it and takes it away. */
export async function tryStorage({ dataDir }: Pick<Config, 'dataDir'>): Promise<Finding> {
  const file = join(dataDir, `doctor-${randomUUID()}`);
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, 'written');
    if ((await readFile(file, 'utf8')) !== 'written')
      throw new Error('What was written is not what was read.');
  } finally {
    await rm(file, { force: true });
  }
  return { state: 'ok', note: `Wrote to ${dataDir}.` };
}

/** Opens a room with the configured provider, makes a token and closes the room. */
export async function tryVideo(config: Pick<Config, 'video' | 'publicUrl' | 'secrets'>): Promise<Finding> {
  const servers = parseIceServers(config.video.iceServers, { secret: config.video.turnSecret });
  const provider = selectVideoProvider(config, createDirectProvider(config));
  const callId = `doctor-${randomUUID()}`;
  const call = {
    callId,
    roomName: callId,
    callType: 'audio',
    expiresAt: new Date(Date.now() + ROOM_LIFE_MS),
  } as const;
  try {
    const { roomName } = await provider.createRoom(call);
    await provider.issueToken({ ...call, roomName, role: 'admin', userId: 'doctor' });
    await provider.closeRoom(roomName);
  } catch (error) {
    if (error instanceof VideoUnavailable)
      throw new Error(WHY[error.reason] ?? error.message, { cause: error });
    throw error;
  }
  if (provider.name === 'direct')
    return { state: 'ok', note: `Direct: browser to browser. ${relayNote(servers)}` };
  return { state: 'ok', note: `${provider.name}: opened a room, made a token, closed the room.` };
}

/** What direct calls have for people whose routers let no call through. */
function relayNote(servers: readonly IceServer[]): string {
  const relays = servers.filter(isRelay);
  if (relays.length === 0) return 'No TURN server: calls between some networks will have no picture.';
  return relays.some(needsCredentials)
    ? 'TURN with passwords that end (TURN_SECRET).'
    : 'TURN with a password that everybody in a call learns and that does not end; TURN_SECRET makes one for each.';
}

const WHY: Partial<Record<VideoUnavailable['reason'], string>> = {
  key_refused: 'The provider refuses the key.',
  network: 'The provider cannot be reached from here.',
  timeout: 'The provider does not answer.',
};

/** Connects to Redis and asks for an answer. */
export async function tryRedis({ redisUrl }: Pick<Config, 'redisUrl'>): Promise<Finding> {
  if (redisUrl === undefined)
    return { state: 'off', note: 'One process serves everybody; a second would need it.' };
  const { createRedisClient } = await import('../redis/redis-client.factory.js');
  const client = createRedisClient(redisUrl, { reconnects: false });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
    return { state: 'ok', note: 'Connected, and was answered.' };
  } finally {
    if (client.isOpen) client.destroy();
  }
}

/** Says which backends are trusted, and with what; the keys themselves were read with the settings. */
export async function tryBackends({ delegated }: Pick<Config, 'delegated'>): Promise<Finding> {
  if (delegated.keys.length === 0)
    return { state: 'off', note: 'No backend of yours signs people in. docs/identity.md tells how.' };
  const keys = delegated.keys.map(
    ({ algorithm, issuer, roles }) => `${algorithm} of ${issuer ?? 'any issuer'} signs ${roles.join(', ')}`,
  );
  return { state: 'ok', note: [`${keys.join('; ')}.`, ...keyNotes(delegated.keys)].join(' ') };
}
