import passport, { type Strategy } from 'passport';

/** What Nest's PassportStrategy registers itself with. */
export interface StrategyRegistry {
  use(strategy: Strategy): void;
}

let taken = 0;

/**
 * Returns a registry that gives each strategy a name of its own. Passport has one registry a process, while a process of tests
 * runs several applications: a shared name would authenticate the requests of one by the keys of another.
 */
export function registryOf(kind: string): StrategyRegistry {
  return {
    use(strategy) {
      taken += 1;
      strategy.name = `${kind} ${taken}`;
      passport.use(strategy.name, strategy);
    },
  };
}

/** Forgets a strategy, so that the application it belongs to can be collected. */
export function unregister({ name }: { name: string }): void {
  passport.unuse(name);
}
