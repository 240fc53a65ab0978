import type { AuditEntry } from '../../data/api.js';
import { slotted } from '../../i18n/translate.js';

/** Those that have a sentence in the catalogue. */
const ACTIONS = [
  'auth.login',
  'auth.login_failed',
  'auth.login_limited',
  'auth.second_factor_failed',
  'auth.logout',
  'auth.logout_all',
  'auth.session_ended',
  'auth.other_sessions_ended',
  'auth.password_changed',
  'auth.password_link_sent',
  'auth.password_reset',
  'auth.refresh_reused',
  'auth.token_refused',
  'auth.totp_enabled',
  'auth.totp_disabled',
  'donor.verified',
  'donor.logout',
  'donor.sessions_ended',
  'donor.noted',
  'user.provisioned',
  'user.created',
  'user.invited',
  'user.invitation_renewed',
  'user.invitation_revoked',
  'user.joined',
  'user.password_link_created',
  'user.updated',
  'user.role_changed',
  'user.deactivated',
  'user.reactivated',
  'user.skills_changed',
  'user.password_reset',
  'user.session_ended',
  'user.totp_reset',
  'access.denied',
  'ticket.deleted',
  'desk.updated',
  'taxonomy.created',
  'taxonomy.updated',
  'taxonomy.archived',
  'taxonomy.restored',
  'taxonomy.deleted',
] as const;

interface People<Node> {
  readonly who: Node;
  /** Whom it is about. */
  readonly whom: Node | undefined;
}

/** Who did what to whom, in the order of the language; an action of a newer server is named as it is. */
export function sentenceOf<Node>(
  { action, actor }: Pick<AuditEntry, 'action' | 'actor'>,
  { who, whom }: People<Node>,
): (string | Node)[] {
  const known = ACTIONS.find((one) => one === action);
  const nodes: Record<string, Node | string> = { who, whom: whom ?? '' };
  const sentence = known === undefined ? [who, ` ${action}`] : slotted(`activity.actions.${known}`, nodes);
  if (whom === undefined || sentence.includes(whom)) return sentence;
  // Somebody unknown tried it as the person, not to the person.
  return [...sentence, ' ', ...(actor === null ? slotted('activity.asPerson', { whom }) : [whom])];
}
