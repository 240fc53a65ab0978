/** Settings of other support desks that say what one of ours says, with the name of ours. */
const STAND_INS = { WEB_SERVER_PORT: 'PORT', SERVER_MODE: 'NODE_ENV' } as const;

const MODES: Record<string, string> = { prod: 'production', dev: 'development', testing: 'test' };

/** Settings of other support desks that mean nothing here, and what to set instead. */
const UNUSED = {
  MONGO_URI: 'Concierge keeps its data in PostgreSQL; set DATABASE_URL.',
  DB_NAME: 'The name of the database is part of DATABASE_URL.',
  FCM_SERVER_KEY:
    'Google ended these keys in 2024; set FIREBASE_PROJECT_ID, FIREBASE_CLIENT_EMAIL and FIREBASE_PRIVATE_KEY.',
} as const;

export interface KnownSettings {
  /** The environment with our names filled in where only another desk's name was set. */
  source: NodeJS.ProcessEnv;
  /** One line for each setting of another desk, for the log. Holds no values: they may be secrets. */
  notes: string[];
}

/** Reads the settings that installations of other support desks bring along. Ours win. */
export function readForeignSettings(given: NodeJS.ProcessEnv): KnownSettings {
  const source = { ...given };
  const notes: string[] = [];
  for (const [theirs, ours] of Object.entries(STAND_INS)) {
    const value = given[theirs]?.trim();
    if (!value) continue;
    if (given[ours]) notes.push(`${theirs} is ignored: ${ours} is set.`);
    else {
      source[ours] = theirs === 'SERVER_MODE' ? (MODES[value.toLowerCase()] ?? value.toLowerCase()) : value;
      notes.push(`${theirs} is used for ${ours}. Name it ${ours} in .env.`);
    }
  }
  for (const [theirs, advice] of Object.entries(UNUSED))
    if (given[theirs]) notes.push(`${theirs} is not used. ${advice}`);
  return { source, notes };
}
