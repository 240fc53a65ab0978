/** Contrast that text needs (WCAG 2.2, 1.4.3). */
const LEGIBLE = 4.5;
const STEPS = 10;

/** The colour where it is text on a ground: mixed with the colour of other text until it reads well. All are such as `#1a7f64`. */
export function legibleOn(colour: string, ground: string, text: string): string {
  for (let step = 0; step < STEPS; step += 1) {
    const mixed = mix(colour, text, step / STEPS);
    if (contrast(mixed, ground) >= LEGIBLE) return mixed;
  }
  return text;
}

function mix(one: string, other: string, share: number): string {
  const to = channels(other);
  const mixed = channels(one).map((part, index) => Math.round(part + ((to[index] ?? 0) - part) * share));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((part) => linear(part / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const linear = (share: number): number =>
  share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;

const channels = (colour: string): number[] => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
