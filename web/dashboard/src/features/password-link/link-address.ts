import { DESK_URL } from '../../../../shared/desk-url.js';

const DASHBOARD = `${DESK_URL}/dashboard`;
const PATH = new URL(`${DASHBOARD}/password`).pathname;

/** The token of a link that sets a password, where the page was opened by one. It stands behind the #, which is never sent. */
export function tokenInAddress(): string | undefined {
  return location.pathname.replace(/\/$/, '') === PATH ? location.hash.slice(1) : undefined;
}

/** Goes on to the board or to the sign-in; the address with the token leaves the history of the tab. */
export function leaveLink(): void {
  location.replace(DASHBOARD);
}
