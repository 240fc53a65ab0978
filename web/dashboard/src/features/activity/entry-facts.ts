import type { AuditEntry } from '../../data/api.js';
import { t } from '../../i18n/translate.js';
import { deviceOf } from '../sign-ins/device.js';
import { deviceName } from '../sign-ins/device-name.js';

/** Whose subject is a route or the number of a ticket. */
const NAMES_SUBJECT = new Set(['access.denied', 'donor.sessions_ended', 'donor.noted']);

/** What else is known of an entry, as short as it goes. Routes and numbers speak for themselves. */
export function factsOf({ action, subject, data }: Pick<AuditEntry, 'action' | 'subject' | 'data'>): string {
  const { from, to, fields, more, addresses, number, secondFactor, userAgent, email } = data;
  const facts = [
    NAMES_SUBJECT.has(action) ? subject : null,
    action.startsWith('taxonomy.') ? (subject?.replace(/^\w+:/, '') ?? null) : null,
    typeof from === 'string' && typeof to === 'string' ? `${from} → ${to}` : null,
    Array.isArray(fields) ? `(${fields.join(', ')})` : null,
    typeof number === 'string' ? number : null,
    typeof email === 'string' ? email : null,
    typeof secondFactor === 'string' ? `(${factorName(secondFactor)})` : null,
    typeof userAgent === 'string' ? `(${deviceName(deviceOf(userAgent))})` : null,
    typeof more === 'number' && typeof addresses === 'number'
      ? `(${t('activity.leftOut', { count: more, addresses })})`
      : null,
  ];
  return facts.filter((fact) => fact !== null).join(' ');
}

function factorName(secondFactor: string): string {
  return secondFactor === 'recovery_code' ? t('activity.recoveryCode') : secondFactor.toLocaleUpperCase('en');
}
