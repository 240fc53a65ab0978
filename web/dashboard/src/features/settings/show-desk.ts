import type { DeskPayload } from '../../../../../src/contract/socket-events.js';
import { showLogo } from '../../ui/page-icon.js';
import { renameDesk } from '../../ui/page-title.js';

const PRODUCT = 'Concierge';

/** Shows what `desk:updated` says, as the server puts it into a page that is loaded. Returns it. `deskUrl` has no slash at its end. */
export function showDesk(desk: unknown, deskUrl: string): unknown {
  const { name, colour, logoUrl } = desk as DeskPayload;
  renameDesk(name ?? PRODUCT);
  document.documentElement.style.setProperty('--desk', colour ?? 'initial');
  showLogo(logoUrl === null ? null : deskUrl + logoUrl, colour);
  return desk;
}
