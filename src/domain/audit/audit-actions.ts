/**
 * What was done, and is in the audit log in every case: it stands or falls with the change, and nobody can cause it without
 * having the right to.
 */
export type ChangeAction =
  | 'auth.login'
  | 'auth.logout'
  | 'auth.logout_all'
  | 'auth.other_sessions_ended'
  | 'auth.password_changed'
  | 'auth.password_link_sent'
  | 'auth.password_reset'
  | 'auth.refresh_reused'
  | 'auth.session_ended'
  | 'auth.totp_disabled'
  | 'auth.totp_enabled'
  | 'desk.updated'
  | 'donor.logout'
  | 'donor.noted'
  | 'donor.sessions_ended'
  | 'donor.verified'
  | 'taxonomy.archived'
  | 'taxonomy.created'
  | 'taxonomy.deleted'
  | 'taxonomy.restored'
  | 'taxonomy.updated'
  | 'ticket.deleted'
  | 'user.created'
  | 'user.deactivated'
  | 'user.invitation_renewed'
  | 'user.invitation_revoked'
  | 'user.invited'
  | 'user.joined'
  | 'user.password_link_created'
  | 'user.password_reset'
  | 'user.provisioned'
  | 'user.reactivated'
  | 'user.role_changed'
  | 'user.session_ended'
  | 'user.skills_changed'
  | 'user.totp_reset'
  | 'user.updated';

/** What was refused. Anybody can cause these at will, so that each class has a budget. */
export type RefusalAction =
  | 'access.denied'
  | 'auth.login_failed'
  | 'auth.login_limited'
  | 'auth.second_factor_failed'
  | 'auth.token_refused';
