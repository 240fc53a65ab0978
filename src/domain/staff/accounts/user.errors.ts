import { DomainError } from '../../../platform/http/errors/domain-error.js';

const conflict = (message: string): DomainError =>
  new DomainError({ code: 'CONFLICT', status: 409, message });

/** Somebody else has this username or email address. */
export const taken = (field: 'username' | 'email'): DomainError =>
  new DomainError({
    code: 'CONFLICT',
    status: 409,
    message: field === 'username' ? 'This username is taken.' : 'Somebody else has this email address.',
    errors: [{ location: field, message: 'This is taken. Choose another.', type: 'unique' }],
  });

export const notYourself = (): DomainError =>
  conflict('You cannot change your own role or deactivate yourself. Ask another super admin.');

export const resetNotYourself = (): DomainError =>
  conflict('Use your account page to change your own password and second factor.');

export const lastSuperAdmin = (): DomainError =>
  new DomainError({
    code: 'LAST_SUPER_ADMIN',
    status: 409,
    message:
      'This is the last active super admin who can sign in with a password. Make somebody else one first.',
  });
