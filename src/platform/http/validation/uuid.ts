const VERSIONED = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;
const NIL_OR_MAX = /^(?:0{8}-(?:0{4}-){3}0{12}|f{8}-(?:f{4}-){3}f{12})$/i;
const LENGTH = 36;

/** Whether a value is the text form of a UUID: one of the versions of RFC 9562, nil or max, in any case. */
export function isUuid(value: unknown): value is string {
  if (typeof value !== 'string' || value.length !== LENGTH) return false;
  return VERSIONED.test(value) || NIL_OR_MAX.test(value);
}
