import type { ValidationError } from '@nestjs/common';
import type { FieldError } from '../../../contract/error-codes.js';

/** An answer names at most this many faults; the sender of more knows enough. */
const MOST = 50;

/** What class-validator found, one entry a fault, each with the full path of its field (`items.0.name`). */
export function fieldErrors(errors: ValidationError[]): FieldError[] {
  const found: FieldError[] = [];
  collect(errors, '', found);
  return found;
}

function collect(errors: ValidationError[], parent: string, found: FieldError[]): void {
  for (const error of errors) {
    const location = parent + error.property;
    for (const [type, message] of Object.entries(error.constraints ?? {})) {
      if (found.length < MOST) found.push(faultOf(location, type, message, error.value));
    }
    collect(error.children ?? [], `${location}.`, found);
  }
}

function faultOf(location: string, type: string, message: string, value: unknown): FieldError {
  if (type === 'whitelistValidation') {
    return { location, message: `${location} is not a field of this request.`, type: 'unknown_field' };
  }
  const context = kindOf(value);
  return { location, message, type, ...(context !== undefined && { context }) };
}

/** What kind of value stood where a text belongs; never the value itself, which may be a secret. */
function kindOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return undefined;
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
