import { legibleOn } from '../desk-profile/legible-colour.js';

/** The colours of an email in light or in dark. Text reads on its ground, whatever colour the desk has chosen. */
export interface MailColours {
  readonly ground: string;
  readonly card: string;
  readonly quote: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  /** Links, and the edge of what somebody said. */
  readonly accent: string;
  readonly button: string;
  readonly onButton: string;
}

/** The product's own, where the desk has none. */
const OWN = '#1f6f5c';

const LIGHT = {
  ground: '#f6f3ee',
  card: '#ffffff',
  quote: '#f6f3ee',
  line: '#e6dfd4',
  text: '#22201d',
  muted: '#655d52',
};
const DARK = {
  ground: '#171613',
  card: '#23211d',
  quote: '#2d2a25',
  line: '#433f38',
  text: '#ece7de',
  muted: '#b3aa9c',
};
const [WHITE, BLACK] = ['#ffffff', '#000000'];

/** Text on a button: one of the two reads well on any colour. */
const textOn = (button: string): string => (legibleOn(WHITE, button, BLACK) === WHITE ? WHITE : BLACK);

export function lightColours(colour: string | null): MailColours {
  const button = colour ?? OWN;
  // The ground is the darker of the two on which links stand.
  const accent = legibleOn(button, LIGHT.ground, LIGHT.text);
  return { ...LIGHT, accent, button, onButton: textOn(button) };
}

export function darkColours(colour: string | null): MailColours {
  const button = legibleOn(colour ?? OWN, DARK.card, DARK.text);
  return { ...DARK, accent: button, button, onButton: textOn(button) };
}
