import { median } from './figures.js';
import { ratio, type ContenderName, type Measured, type Turn } from './measure.js';

const middle = (turns: Turn[], figure: keyof Turn): number => median(turns.map((turn) => turn[figure]));

/** One line on the terminal. */
export function show({ workload, turns }: Measured, connections: number): void {
  const part = (name: ContenderName) =>
    `${name} ${middle(turns[name], 'rate').toFixed(0)}/s, ${middle(turns[name], 'cpu').toFixed(0)} µs`;
  const parts = [part('concierge'), part('express'), part('driver')].join('; ');
  console.log(
    `c=${connections} ${workload.name}: ${parts}; ratio ${ratio(turns, 'concierge', 'express').toFixed(2)}`,
  );
}
