import { Store } from './store.js';

interface Lost {
  /** How to try again, by what it is that could not be loaded. */
  readonly lost: Readonly<Record<string, () => void>>;
}

/** The parts of the chat whose code comes later. Where one does not, as after an upgrade of the desk, the panel says so. */
class Parts extends Store<Lost> {
  constructor() {
    super({ lost: {} });
  }

  need<Part>(name: string, load: () => Promise<Part>, use: (part: Part) => void): void {
    const { [name]: _known, ...lost } = this.state.lost;
    this.set({ lost });
    load().then(use, () =>
      this.set({ lost: { ...this.state.lost, [name]: () => this.need(name, load, use) } }),
    );
  }
}

export const parts = new Parts();
