import { loadConfig, type Config } from './config.js';
import { readForeignSettings } from './foreign-settings.js';

/** The Config of this process's environment. Throws ConfigInvalid. */
export function readConfig(): Config {
  return loadConfig(process.env);
}

/** One line for each setting of another support desk in this process's environment. */
export function settingNotes(): string[] {
  return readForeignSettings(process.env).notes;
}
