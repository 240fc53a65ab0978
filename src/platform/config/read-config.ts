import { loadConfig, type Config } from './config.js';

/** The Config of this process's environment. Throws ConfigInvalid. */
export function readConfig(): Config {
  return loadConfig(process.env);
}
