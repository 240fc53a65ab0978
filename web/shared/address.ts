/** An address as the host page or the server wrote it; nothing where it is none, and where `new URL` would throw. */
export function addressOf(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
