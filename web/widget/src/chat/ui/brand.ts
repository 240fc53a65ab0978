import { contrast, DARK, LIGHT, readableOn, type Palette } from '../../../../shared/tokens.js';
import { themeCss } from './theme.js';

/** The palettes with the site's own colour in them; loaded only by sites that have one. */
export function brandCss(color: string): string {
  return themeCss(branded(LIGHT, color), branded(DARK, color));
}

/** The colour where it is a ground; darker or lighter where it is text, until that reads well (AA). */
function branded(palette: Palette, color: string): Palette {
  const accentStrong = legible(color, palette);
  return { ...palette, accent: color, onAccent: readableOn(color), accentStrong, accentSoft: palette.sunken };
}

function legible(color: string, { surface, sunken, text }: Palette): string {
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = mix(color, text, share);
    if ([surface, sunken].every((ground) => contrast(mixed, ground) >= 4.5)) return mixed;
  }
  return text;
}

function mix(one: string, other: string, share: number): string {
  const to = parts(other);
  const mixed = parts(one).map((part, index) => Math.round(part + ((to[index] ?? 0) - part) * share));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function parts(color: string): number[] {
  const digits = color.length === 4 ? color.slice(1).replace(/./g, '$&$&') : color.slice(1);
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
}
