/** A moment in words, or nothing where `at` is no date: `Intl` would throw, and take the page along. */
export function formatDate(format: Intl.DateTimeFormat, at: string | number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : format.format(date);
}

/** Where this device is, as an IANA name; `UTC` on devices whose own setting has no such name. */
export function ownTimeZone(): string {
  // Typed as a text, and undefined in V8 for a zone the system made up.
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone as string | undefined;
  return zone !== undefined && isTimeZone(zone) ? zone : 'UTC';
}

/** Whether this browser can tell the time there; browsers learn new zones later than servers. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
