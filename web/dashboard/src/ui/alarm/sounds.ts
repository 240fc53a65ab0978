import type { NotificationSound as Sound } from '../../../../../src/contract/notifications.js';
import { playStrokes, type Stroke } from './bell.js';

const STROKES: Readonly<Record<Sound, readonly Stroke[]>> = {
  new_ticket: [
    [523, 0, 0.35],
    [784, 0.16, 0.5],
  ],
  reply: [[659, 0, 0.45]],
};
const LOUDNESS = 0.09;
/** Longer than the strokes; a browser that has not let us play by then keeps this one silent. */
const OVER_MS = 1_500;

/** Plays a sound once; browsers keep it silent until the page was touched. */
export function playSound(sound: Sound): void {
  const context = new AudioContext();
  const start = (): void => {
    if (context.state !== 'running') return;
    context.onstatechange = null;
    playStrokes(context, STROKES[sound], LOUDNESS);
  };
  context.onstatechange = start;
  start();
  setTimeout(() => {
    context.onstatechange = null;
    context.close().catch((error: unknown) => reportError(error));
  }, OVER_MS);
}

/** The same for all tabs of this browser: the first that hears of it plays, the others leave it alone. */
export function playSoundOnce(sound: Sound): void {
  // Browsers give locks to pages with https and to localhost only.
  if (!('locks' in navigator)) {
    playSound(sound);
    return;
  }
  navigator.locks
    .request('concierge-sound', { ifAvailable: true }, async (lock) => {
      if (lock === null) return;
      playSound(sound);
      await new Promise((resolve) => setTimeout(resolve, OVER_MS));
    })
    .catch((error: unknown) => reportError(error));
}
