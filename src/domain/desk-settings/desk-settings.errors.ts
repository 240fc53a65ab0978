import { DomainError } from '../../platform/http/errors/domain-error.js';

/** 409: somebody else has saved since the caller loaded the settings. */
export const settingsChanged = (version: number): DomainError =>
  new DomainError({
    code: 'CONFLICT',
    status: 409,
    message: 'Somebody else has changed the settings meanwhile. Load them again, then make your change.',
    details: { version },
  });
