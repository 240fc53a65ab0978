/** Formats also take offsets such as `+01:00`, which know no summer. */
const ZONE_NAME = /^[A-Za-z][\w+/-]{0,63}$/;

/** Making a format takes longer than the rest of a request's checks. There are about 600 names. */
const MOST_KNOWN = 1_000;
const known = new Map<string, boolean>();

/** Whether this process can tell the time in a zone of this IANA name, such as `Europe/Vienna`. */
export function isTimeZone(name: string): boolean {
  if (!ZONE_NAME.test(name)) return false;
  const answer = known.get(name) ?? hasFormat(name);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, answer);
  return answer;
}

function hasFormat(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
