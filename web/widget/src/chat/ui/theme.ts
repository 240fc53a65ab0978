import { cssVariables, DARK, LIGHT } from '../../../../shared/tokens.js';

/** By night large grounds in the bright accent would glare: the chat's are deeper. */
const NIGHT = { ...DARK, accent: '#2a7a65', onAccent: '#ffffff' };

/** The palettes as rules for light and dark. */
export function themeCss(light = LIGHT, dark = NIGHT, root = ':host'): string {
  return `${root}{${cssVariables(light)}}@media (prefers-color-scheme:dark){${root}{${cssVariables(dark)}}}`;
}
