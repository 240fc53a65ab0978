const MIN_PASSWORD_BYTES = 10;
/** bcrypt reads no further. */
export const MAX_PASSWORD_BYTES = 72;

/** A password as it is hashed (NFKC, RFC 8265): composed, decomposed and full-width letters are the same. */
export function storedForm(password: string): string {
  return password.normalize('NFKC');
}

/** What is wrong with a new password, or nothing. */
export function passwordFault(password: string, username: string): string | undefined {
  const bytes = Buffer.byteLength(storedForm(password));
  if (bytes < MIN_PASSWORD_BYTES) return `Use at least ${MIN_PASSWORD_BYTES} characters.`;
  if (bytes > MAX_PASSWORD_BYTES) return `Use at most ${MAX_PASSWORD_BYTES} bytes.`;
  if (password.toLowerCase() === username.toLowerCase()) return 'Choose something other than your username.';
  return undefined;
}
