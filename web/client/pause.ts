/** A wait that can be cut short; one at a time. */
export class Pause {
  #finish?: () => void;

  /** Resolves after `ms`, or as soon as `end` is called. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#finish = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Resolves as soon as `end` is called; for a race with something that has its own time. */
  ended(): Promise<undefined> {
    return new Promise((resolve) => {
      this.#finish = () => resolve(undefined);
    });
  }

  end(): void {
    this.#finish?.();
  }
}
