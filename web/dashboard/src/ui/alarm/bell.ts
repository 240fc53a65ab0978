/** A soft stroke: frequency in Hz, start and length in s. */
export type Stroke = readonly [frequency: number, after: number, length: number];

const EVERY_MS = 2_400;
const LOUDNESS = 0.18;
const STROKES = [
  [660, 0, 0.5],
  [880, 0.25, 0.7],
] as const;
const GESTURES = ['pointerdown', 'keydown'] as const;

/** A ring tone made on the spot. Browsers keep it silent until the page was touched once; that is told. */
export class Bell {
  readonly #context = new AudioContext();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #onBlocked: (isBlocked: boolean) => void;
  readonly #tryAgain = (): void => void this.#context.resume();

  constructor(onBlocked: (isBlocked: boolean) => void) {
    this.#onBlocked = onBlocked;
    this.#context.onstatechange = () => this.#onBlocked(this.#context.state === 'suspended');
    this.#onBlocked(this.#context.state === 'suspended');
    for (const gesture of GESTURES) addEventListener(gesture, this.#tryAgain);
    this.#strike();
    this.#timer = setInterval(() => this.#strike(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const gesture of GESTURES) removeEventListener(gesture, this.#tryAgain);
    this.#context.onstatechange = null;
    this.#context.close().catch((error: unknown) => reportError(error));
  }

  #strike(): void {
    if (this.#context.state !== 'running') return;
    playStrokes(this.#context, STROKES, LOUDNESS);
  }
}

/** Plays strokes made on the spot, from now on. */
export function playStrokes(context: AudioContext, strokes: readonly Stroke[], loudness: number): void {
  for (const [frequency, after, length] of strokes) {
    const start = context.currentTime + after;
    const tone = new OscillatorNode(context, { frequency, type: 'sine' });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.linearRampToValueAtTime(loudness, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + length);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + length);
  }
}
