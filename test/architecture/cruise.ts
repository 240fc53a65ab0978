import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** The repository. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Violation {
  rule: string;
  from: string;
  to: string;
}

/** Runs dependency-cruiser over the given folders of a tree, with the rules of one of our configurations. */
export function cruise(tree: string, rules: string, folders: readonly string[]): Violation[] {
  const cruiser = path.join(ROOT, 'node_modules/.bin/depcruise');
  const config = path.join(ROOT, rules);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cruiser, '--config', config, '--output-type', 'json', ...folders],
    { cwd: tree, encoding: 'utf8', timeout: 120_000, maxBuffer: 64 * 1024 * 1024 },
  );
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not answer: ${stderr || stdout}`);
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[] };
  };
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}
