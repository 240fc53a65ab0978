import {
  createTheme,
  defaultVariantColorsResolver,
  type VariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';
import { DARK, FONT_STACK, LIGHT, type Palette } from '../../../shared/tokens.js';

/** Ten steps of the one accent; 6 is the token's light value, 3 the dark one. */
const brand: MantineColorsTuple = [
  '#eef8f4',
  '#dcefe8',
  '#b6decf',
  '#79c9b0',
  '#55b396',
  '#2f8f75',
  '#1f6f5c',
  '#175546',
  '#124438',
  '#0c3129',
];

/** Step 6 is danger in light, 3 in dark. */
const red: MantineColorsTuple = [
  LIGHT.dangerSoft,
  '#f6d0ca',
  '#f3b5ac',
  DARK.danger,
  '#e2776a',
  '#cc5040',
  LIGHT.danger,
  '#932b21',
  '#752219',
  '#5a1a13',
];

/** Mantine's two neutral scales, on our warm paper. */
const gray: MantineColorsTuple = [
  LIGHT.canvas,
  LIGHT.sunken,
  LIGHT.line,
  '#d8d0c3',
  '#c4bbad',
  '#a89e90',
  LIGHT.control,
  LIGHT.muted,
  '#4a443b',
  LIGHT.text,
];
const dark: MantineColorsTuple = [
  DARK.text,
  '#d8d1c6',
  DARK.muted,
  DARK.control,
  DARK.line,
  '#34312c',
  DARK.sunken,
  DARK.surface,
  DARK.canvas,
  '#12100e',
];

/** What a colour that components are given says, in tokens: on its ground, and its ground. */
const TONES: Readonly<Record<string, readonly [ink: string, ground: string]>> = {
  red: ['var(--danger)', 'var(--danger-soft)'],
  yellow: ['var(--warning)', 'var(--warning-soft)'],
  green: ['var(--success)', 'var(--success-soft)'],
  brand: ['var(--accent-strong)', 'var(--accent-soft)'],
  gray: ['var(--muted)', 'var(--sunken)'],
};

/** Colours come from the tokens, which reach AA in light and in dark. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const [ink, ground] = TONES[input.color ?? 'brand'] ?? [];
  if (input.variant === 'filled')
    return { ...colors, color: input.color === 'red' ? 'var(--on-danger)' : 'var(--on-accent)' };
  if (ink === undefined || ground === undefined) return colors;
  if (input.variant === 'light') return { ...colors, background: ground, hover: ground, color: ink };
  if (input.variant === 'subtle') return { ...colors, hover: ground, hoverColor: ink, color: ink };
  return colors;
};

/** `close` is the name of the cross in a corner. */
export const themeOf = (close: string) =>
  createTheme({
    primaryColor: 'brand',
    primaryShade: { light: 6, dark: 3 },
    variantColorResolver,
    colors: { brand, red, gray, dark },
    defaultRadius: 'md',
    fontFamily: FONT_STACK,
    headings: { fontFamily: FONT_STACK, fontWeight: '650' },
    focusRing: 'auto',
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: {
      // The placeholder is a child that a menu may not have (WAI-ARIA, role menu); the first item takes the focus.
      Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
      // Words of people find their own direction as a tag or a choice, too; fields do by tokens.css.
      Pill: { defaultProps: { dir: 'auto' } },
      ComboboxOption: { defaultProps: { dir: 'auto' } },
      Paper: { defaultProps: { bg: 'var(--surface)' } },
      // Locking the page's scrolling would write a style that our content policy forbids.
      Modal: {
        defaultProps: { lockScroll: false, closeButtonProps: { 'aria-label': close }, centered: true },
      },
      Drawer: { defaultProps: { lockScroll: false, closeButtonProps: { 'aria-label': close } } },
      Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } },
    },
  });

const variables = (palette: Palette): Record<string, string> => ({
  '--mantine-primary-color-contrast': palette.onAccent,
  '--mantine-color-body': palette.canvas,
  '--mantine-color-text': palette.text,
  '--mantine-color-dimmed': palette.muted,
  '--mantine-color-default': palette.surface,
  '--mantine-color-default-hover': palette.sunken,
  '--mantine-color-default-border': palette.line,
  '--mantine-color-error': palette.danger,
  '--mantine-color-red-text': palette.danger,
  '--mantine-color-red-filled': palette.danger,
  '--mantine-color-yellow-filled': palette.warning,
  '--mantine-color-green-filled': palette.success,
  '--surface': palette.surface,
  '--sunken': palette.sunken,
  '--note': palette.warningSoft,
  '--muted': palette.muted,
  '--accent': palette.accent,
  '--accent-strong': palette.accentStrong,
  '--accent-soft': palette.accentSoft,
  '--on-accent': palette.onAccent,
  '--danger': palette.danger,
  '--danger-soft': palette.dangerSoft,
  '--on-danger': palette.onDanger,
  '--warning': palette.warning,
  '--warning-soft': palette.warningSoft,
  '--success': palette.success,
  '--success-soft': palette.successSoft,
  '--mantine-color-placeholder': palette.muted,
  '--mantine-color-anchor': palette.accent,
});

export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables(LIGHT),
  dark: variables(DARK),
});
