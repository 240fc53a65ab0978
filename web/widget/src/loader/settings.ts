import type { Settings } from './chat-host.js';

const COLOR = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** What the page says in the script tag's `data-` attributes; what cannot be used is left out. */
export function settingsOf({ dataset }: HTMLScriptElement): Settings {
  const { donorId, email, name, token, locale, position, color } = dataset;
  return {
    visitor: { donorId: given(donorId), email: given(email), name: given(name), token: given(token) },
    locale: given(locale),
    position: position === 'left' ? 'left' : 'right',
    color: color !== undefined && COLOR.test(color) ? color : undefined,
  };
}

function given(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
