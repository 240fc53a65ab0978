import { t } from '../../i18n/translate.js';
import type { Device } from './device.js';

/** How a device is called in sentences. */
export function deviceName({ browser, system }: Device): string {
  if (browser !== undefined && system !== undefined) return t('sign-ins.device', { browser, system });
  return browser ?? system ?? t('sign-ins.unknownDevice');
}
