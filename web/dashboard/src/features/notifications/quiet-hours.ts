import { isQuiet, type QuietHours } from '../../../../../src/contract/notifications.js';
import { serverNow } from '../../../../client/clock.js';
import { isTimeZone } from '../../../../shared/dates.js';

/** Whether it is quiet now. Quiet hours in a zone that this browser does not know silence nothing. */
export function isSilent(quietHours: QuietHours | null | undefined): boolean {
  return quietHours ? isTimeZone(quietHours.timeZone) && isQuiet(quietHours, new Date(serverNow())) : false;
}
