/** Keys that an input method handles have this code, also the Enter that ends a composition in Safari (UI Events, section 9). */
const PROCESSED = 229;

interface KeyPress {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/**
 * Whether a key belongs to an input method, which turns keys into Japanese, Chinese, Korean and other text. Safari ends the
 * composition before it tells of the key, so `isComposing` alone is not enough.
 */
export function isComposed({ isComposing, keyCode }: KeyPress): boolean {
  return isComposing || keyCode === PROCESSED;
}

/**
 * Keeps the keys of an input method from every handler below `root`, those of libraries included: Enter takes a suggestion and
 * sends nothing, Escape gives one up and closes nothing. The field itself still receives them. Call it before other listeners.
 */
export function leaveKeysToInputMethods(root: EventTarget): void {
  const keep = (event: Event): void => {
    if (isComposed(event as KeyboardEvent)) event.stopImmediatePropagation();
  };
  root.addEventListener('keydown', keep, true);
}
