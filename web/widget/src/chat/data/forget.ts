import { clearDevice } from './device-store.js';
import { linkState } from './link-state.js';
import { Rest } from './rest.js';

/**
 * Leaves nothing on this device that says who was here: conversations, what was read, unsent messages, name and email address.
 * The sessions behind it end on the server too; one that cannot be reached ends them when they expire.
 */
export function forgetDevice(origin: string): void {
  linkState.asked = false;
  linkState.confirm(undefined);
  for (const token of clearDevice(origin)) {
    const request = { body: {}, keepalive: true };
    new Rest(origin, () => token).send('POST', '/auth/donor/logout', request).catch(() => undefined);
  }
}
