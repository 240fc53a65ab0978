import type { AuditEntry } from '../app/api.js';
import { deviceOf } from '../sign-ins/device.js';
import { words as signInWords } from '../sign-ins/sign-ins-texts.js';
import { words } from './activity-texts.js';

/** What stands between an action and the person it is about. */
export function beforePerson({ actor }: Pick<AuditEntry, 'actor'>): string {
  return actor === null ? ` ${words.as} ` : ' ';
}

/** What else is known of an entry, as short as it goes. Routes and numbers speak for themselves. */
export function factsOf({ action, subject, data }: Pick<AuditEntry, 'action' | 'subject' | 'data'>): string {
  const { from, to, fields, more, addresses, number, secondFactor, userAgent } = data;
  const facts = [
    action === 'access.denied' || action === 'donor.sessions_ended' ? subject : null,
    typeof from === 'string' && typeof to === 'string' ? `${from} → ${to}` : null,
    Array.isArray(fields) ? `(${fields.join(', ')})` : null,
    typeof number === 'string' ? number : null,
    typeof secondFactor === 'string' ? `(${secondFactor.replace('_', ' ')})` : null,
    typeof userAgent === 'string' ? `(${signInWords.device(deviceOf(userAgent))})` : null,
    typeof more === 'number' && typeof addresses === 'number' ? `(${words.leftOut(more, addresses)})` : null,
  ];
  return facts.filter((fact) => fact !== null).join(' ');
}
