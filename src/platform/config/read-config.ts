import { ConfigInvalid, loadConfig, type Config } from './config.js';
import { keyNotes } from './delegated-keys.js';
import { readForeignSettings } from './foreign-settings.js';

/**
 * Adds the settings of `.env` in the working directory to this process's environment. What the environment sets already wins;
 * a missing file is fine. Throws ConfigInvalid when the file cannot be read.
 */
function loadEnvFile(file = '.env'): void {
  try {
    process.loadEnvFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    throw new ConfigInvalid([`${file} cannot be read (${code}). Give it to the user that runs Concierge.`]);
  }
}

/** The Config of this process's environment and of `.env`. Throws ConfigInvalid. */
export function readConfig(): Config {
  loadEnvFile();
  return loadConfig(process.env);
}

/** Lines for the log: each setting of another support desk in this process's environment, and settings that are risky together. */
export function settingNotes({ delegated }: Pick<Config, 'delegated'>): string[] {
  return [...readForeignSettings(process.env).notes, ...keyNotes(delegated.keys)];
}
