/** A device as its browser describes it. Anybody can make that up: it helps to recognise a device, and proves nothing. */
export interface Device {
  /** The browser, or the program that is none; undefined when nothing tells. */
  readonly browser: string | undefined;
  readonly system: string | undefined;
  readonly isHandheld: boolean;
}

type Rule = readonly [name: string, pattern: RegExp];

/** The first that fits counts: most browsers also name the ones that they descend from. */
const BROWSERS: readonly Rule[] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /(?:Chrome|\bCriOS)\//],
  ['Safari', /\bSafari\//],
];

const SYSTEMS: readonly Rule[] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];

const HANDHELD = new Set(['iPhone', 'iPad', 'Android']);

/** Reads a `User-Agent` header (RFC 9110, section 10.1.5). */
export function deviceOf(userAgent: string | null): Device {
  const text = userAgent ?? '';
  const system = nameIn(text, SYSTEMS);
  return {
    browser: nameIn(text, BROWSERS) ?? programIn(text),
    system,
    isHandheld: system !== undefined && HANDHELD.has(system),
  };
}

function nameIn(text: string, rules: readonly Rule[]): string | undefined {
  return rules.find(([, pattern]) => pattern.test(text))?.[0];
}

/** The first product that is named, such as curl. Mozilla stands for every browser. */
function programIn(text: string): string | undefined {
  const [program] = /^[^\s/()]{1,40}/.exec(text) ?? [];
  return program === 'Mozilla' ? undefined : program;
}
