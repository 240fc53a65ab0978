import { describe } from '@jest/globals';

/** `describe`, left out with its reason where this machine lacks what the tests need. */
export const describeWith =
  (isThere: boolean, needs: string) =>
  (name: string, tests: () => void): void => {
    if (isThere) describe(name, tests);
    else describe.skip(`${name} [needs ${needs}]`, tests);
  };
