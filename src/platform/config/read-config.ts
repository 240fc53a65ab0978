import { ConfigInvalid, loadConfig, type Config } from './config.js';
import { readForeignSettings } from './foreign-settings.js';

/**
 * Adds the settings of `.env` in the working directory to this process's environment. What the environment sets already wins;
 * a missing file is fine. Throws ConfigInvalid when the file cannot be read.
 */
export function loadEnvFile(file = '.env'): void {
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

/** One line for each setting of another support desk in this process's environment. */
export function settingNotes(): string[] {
  return readForeignSettings(process.env).notes;
}
