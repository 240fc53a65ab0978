/**
 * Design tokens of both faces: warm paper, ink and one calm green. Every text colour reaches AA (4.5:1) on the surfaces it
 * is made for, in light and in dark; `tokens.spec.ts` computes that.
 *
 *   cssVariables(LIGHT) gives `--c-accent:#…;--c-text:#…;…` for a rule.
 */
export interface Palette {
  /** Page behind everything. */
  readonly canvas: string;
  /** Cards, panels, fields. */
  readonly surface: string;
  /** Quiet areas on a surface: staff's bubbles, hovered rows. */
  readonly sunken: string;
  readonly line: string;
  /** Borders of controls (3:1 on surface). */
  readonly control: string;
  readonly text: string;
  readonly muted: string;
  /** Buttons, own bubbles, links. */
  readonly accent: string;
  readonly accentStrong: string;
  /** Tinted area behind accent text. */
  readonly accentSoft: string;
  /** Text on accent. */
  readonly onAccent: string;
  readonly danger: string;
  readonly dangerSoft: string;
  readonly onDanger: string;
  readonly warning: string;
  readonly warningSoft: string;
  readonly success: string;
  readonly successSoft: string;
  /** Stars of a rating. */
  readonly star: string;
}

/** The product's own colour, where a site has none. */
export const ACCENT = '#1f6f5c';

export const LIGHT: Palette = {
  canvas: '#faf7f2',
  surface: '#ffffff',
  sunken: '#f3efe8',
  line: '#e6dfd4',
  control: '#8f867a',
  text: '#2b2620',
  muted: '#655d52',
  accent: ACCENT,
  accentStrong: '#175546',
  accentSoft: '#e3f1ec',
  onAccent: '#ffffff',
  danger: '#b3372b',
  dangerSoft: '#fbe9e6',
  onDanger: '#ffffff',
  warning: '#8a5a00',
  warningSoft: '#fdf1d8',
  success: '#2a6b34',
  successSoft: '#e6f3e6',
  star: '#b86e00',
};

export const DARK: Palette = {
  canvas: '#191715',
  surface: '#22201d',
  sunken: '#2e2b27',
  line: '#3b3732',
  control: '#857c70',
  text: '#f2ede5',
  muted: '#b5ab9d',
  accent: '#79c9b0',
  accentStrong: '#96dac4',
  accentSoft: '#1e3a32',
  onAccent: '#10251e',
  danger: '#f1988d',
  dangerSoft: '#46241f',
  onDanger: '#2f0f0b',
  warning: '#eec06b',
  warningSoft: '#41331a',
  success: '#93cf98',
  successSoft: '#20361f',
  star: '#f0b44c',
};

export const FONT_STACK =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif";

/** A palette as the declarations of a CSS rule, named `--c-…` in kebab case. */
export function cssVariables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--c-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${value};`)
    .join('');
}

/** White on it reaches 4.5:1. */
const DARK_ENOUGH = 1.05 / 4.5 - 0.05;

/** Black or white on a colour somebody chose (`#rgb` or `#rrggbb`), whichever reads better (WCAG 2 relative luminance). */
export function readableOn(colour: string): '#000000' | '#ffffff' {
  return luminance(colour) <= DARK_ENOUGH ? '#ffffff' : '#000000';
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2). */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const digits = colour.slice(1);
  const full = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
