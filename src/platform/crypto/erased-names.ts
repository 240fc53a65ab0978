import type { Config } from '../config/config.js';
import { OpaqueNames } from './opaque-names.js';

const NAME_BYTES = 16;

/**
 * Names that stand for erased people where a trace must stay: an entry of the audit log, an address that wants no emails. They
 * can be compared with what a person says later, and nobody without ENCRYPTION_KEY can turn them back.
 */
export function erasedNames({ secrets }: Pick<Config, 'secrets'>): OpaqueNames {
  return new OpaqueNames(secrets.encryption, 'erased people', NAME_BYTES);
}
