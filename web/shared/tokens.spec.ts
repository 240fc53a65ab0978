import { describe, expect, it } from '@jest/globals';
import { contrast, cssVariables, DARK, LIGHT, readableOn } from './tokens.js';

const AA_TEXT = 4.5;
const AA_CONTROL = 3;

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s palette', (_name, palette) => {
  const { canvas, surface, sunken } = palette;

  it.each([
    ['text', palette.text, [canvas, surface, sunken, palette.accentSoft]],
    ['muted', palette.muted, [canvas, surface, sunken]],
    ['accent', palette.accent, [canvas, surface]],
    ['accentStrong', palette.accentStrong, [canvas, surface, sunken, palette.accentSoft]],
    ['onAccent', palette.onAccent, [palette.accent, palette.accentStrong]],
    ['danger', palette.danger, [canvas, surface, palette.dangerSoft]],
    ['onDanger', palette.onDanger, [palette.danger]],
    ['warning', palette.warning, [surface, palette.warningSoft]],
    ['success', palette.success, [surface, palette.successSoft]],
  ])('reads well: %s', (_text, colour, grounds) => {
    for (const ground of grounds) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(AA_TEXT);
  });

  it('shows its controls', () => {
    for (const colour of [palette.control, palette.star])
      expect(contrast(colour, surface)).toBeGreaterThanOrEqual(AA_CONTROL);
  });
});

it('writes CSS variables', () => {
  expect(cssVariables(LIGHT)).toContain('--c-accent-soft:#e3f1ec;');
});

it('chooses what reads better on a colour', () => {
  expect([readableOn('#fff'), readableOn('#1f6f5c'), readableOn('#ffd400')]).toEqual([
    '#000000',
    '#ffffff',
    '#000000',
  ]);
});
