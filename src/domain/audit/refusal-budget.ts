/** Entries of one class and minute: so many from one caller, and so many from all together. */
export interface RefusalLimits {
  perCaller: number;
  perClass: number;
}

/** What was left out of one class since the last look. */
export interface LeftOut<C> {
  refusalClass: C;
  /** Refusals without an entry of their own. */
  more: number;
  /** From how many addresses; MOST_ADDRESSES stands for that many or more. */
  addresses: number;
}

interface Tally<C> {
  refusalClass: C;
  written: number;
  byCaller: Map<string, number>;
  more: number;
  addresses: Set<string>;
}

/** More are not told apart: the memory that a flood takes has a bound. */
export const MOST_ADDRESSES = 10_000;

/**
 * Pure: which refusals get an entry of their own in the audit log. Every class has a budget, so that a flood of one kind
 * of refusal never hides another kind. `drain` resets the budgets and tells what was left out.
 */
export class RefusalBudget<C> {
  private tallies = new Map<string, Tally<C>>();

  constructor(private readonly limits: RefusalLimits) {}

  /** True when this refusal gets an entry. `name` is the one name of the class. */
  takeEntry(
    name: string,
    refusalClass: C,
    { caller, address }: { caller: string; address: string },
  ): boolean {
    const tally = this.tallies.get(name) ?? emptyTally(refusalClass);
    this.tallies.set(name, tally);
    const byCaller = tally.byCaller.get(caller) ?? 0;
    if (tally.written < this.limits.perClass && byCaller < this.limits.perCaller) {
      tally.written++;
      tally.byCaller.set(caller, byCaller + 1);
      return true;
    }
    tally.more++;
    if (tally.addresses.size < MOST_ADDRESSES) tally.addresses.add(address);
    return false;
  }

  /** Returns what was left out of each class since the last call, and resets all budgets. */
  drain(): LeftOut<C>[] {
    const tallies = [...this.tallies.values()];
    this.tallies = new Map();
    return tallies
      .filter(({ more }) => more > 0)
      .map(({ refusalClass, more, addresses }) => ({ refusalClass, more, addresses: addresses.size }));
  }
}

function emptyTally<C>(refusalClass: C): Tally<C> {
  return { refusalClass, written: 0, byCaller: new Map(), more: 0, addresses: new Set() };
}
