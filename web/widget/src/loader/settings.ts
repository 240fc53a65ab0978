import type { Settings, Visitor } from './chat-host.js';

const COLOR = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** What the page says in the script tag's `data-` attributes or to `init`; what cannot be used is left out. */
export function settingsOf(said: Readonly<Record<string, unknown>>): Settings {
  const { locale, position, color, hideLauncher = false } = said;
  return {
    visitor: visitorOf(said),
    locale: given(locale),
    position: position === 'left' ? 'left' : 'right',
    color: typeof color === 'string' && COLOR.test(color) ? color : undefined,
    // An attribute without a value is ''.
    hideLauncher: String(hideLauncher) !== 'false',
  };
}

/** Who the page says is there: pages also say `null`, and numbers for ids. */
export function visitorOf(visitor?: Readonly<Partial<Record<keyof Visitor, unknown>>> | null): Visitor {
  const { donorId, email, name, token } = visitor ?? {};
  return { donorId: given(donorId), email: given(email), name: given(name), token: given(token) };
}

function given(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' ? text.trim() || undefined : undefined;
}
