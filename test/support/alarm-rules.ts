import { readFile } from 'node:fs/promises';

/** One alarm of docs/operations.md. */
export interface AlarmRule {
  alert: string;
  expr: string;
}

/** One sample of an exposition text. */
interface Sample {
  name: string;
  labels: string;
  value: number;
}

/** The Prometheus rules that docs/operations.md prints. */
export async function documentedAlarms(): Promise<AlarmRule[]> {
  const text = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  return [...text.matchAll(/- alert: (\w+)\n +expr: (.+)\n/g)].map(([, alert = '', expr = '']) => ({
    alert,
    expr,
  }));
}

function samplesOf(text: string): Sample[] {
  return [...text.matchAll(/^([a-z]\w*)(\{.*\})? (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels,
    value: Number(value),
  }));
}

/** The samples that a selector such as `name{status=~"5.."}` names. */
export function select(selector: string, text: string): Sample[] {
  const [, name, inner = ''] = /^(\w+)(?:\{(.*)\})?$/.exec(selector) ?? [];
  if (name === undefined) throw new Error(`No selector: ${selector}`);
  const wanted = [...inner.matchAll(/(\w+)(=~?)"([^"]*)"/g)].map(([, label, how, value = '']) => {
    const pattern = how === '=~' ? value : value.replaceAll(/[.*+?]/g, String.raw`\$&`);
    return new RegExp(`[{,]${label}="${pattern}"[,}]`);
  });
  return samplesOf(text).filter(
    (sample) => sample.name === name && wanted.every((one) => one.test(sample.labels)),
  );
}

/** Every selector of an expression. */
export const selectorsOf = (expr: string): string[] => expr.match(/concierge_\w+(\{[^}]*\})?/g) ?? [];

const sum = (samples: Sample[]): number => samples.reduce((total, { value }) => total + value, 0);

/** `max(selector)` or `sum(rate(selector[5m]))`, which here is what was added between two scrapes. */
function valueOf(term: string, before: string, after: string): number {
  const [, rated] = /^sum\(rate\((.+)\[\w+\]\)\)$/.exec(term) ?? [];
  if (rated !== undefined) return sum(select(rated, after)) - sum(select(rated, before));
  const [, highest] = /^max\((.+)\)$/.exec(term) ?? [];
  if (highest === undefined) throw new Error(`No term that this evaluator knows: ${term}`);
  const values = select(highest, after).map(({ value }) => value);
  return values.length === 0 ? NaN : Math.max(...values);
}

/** Whether an alarm's condition holds between two scrapes; the part of PromQL that the documented rules use. */
export function fires({ expr }: AlarmRule, before: string, after: string): boolean {
  const [, absent] = /^absent\((.+)\)$/.exec(expr) ?? [];
  if (absent !== undefined) return select(absent, after).length === 0;
  const [, over, , under, how, bound] = /^(\S+)( \/ (\S+))? ([<>]) ([\d.]+)$/.exec(expr) ?? [];
  if (over === undefined) throw new Error(`No rule that this evaluator knows: ${expr}`);
  const value = valueOf(over, before, after) / (under === undefined ? 1 : valueOf(under, before, after));
  return how === '>' ? value > Number(bound) : value < Number(bound);
}
