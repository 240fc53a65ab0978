import { cssVariables, DARK, LIGHT } from '../../../shared/tokens.js';

/** The palettes as rules for light and dark. */
export function themeCss(light = LIGHT, dark = DARK, root = ':host'): string {
  return `${root}{${cssVariables(light)}}@media (prefers-color-scheme:dark){${root}{${cssVariables(dark)}}}`;
}
