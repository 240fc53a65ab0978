/**
 * Real Chromium for tests of the faces, driven by playwright-core.
 *
 *   describeInBrowser('the widget', () => {
 *     const browser = useBrowser();                      // one Chromium for the file, closed at its end
 *     it('opens', async () => {
 *       const page = await browser().page({ width: 375 }); // a fresh profile: no storage, no cookies
 *       await page.goto(url);
 *     });
 *   });
 *
 * Cameras and microphones are Chromium's fakes and permission for them is given, so calls run for real on loopback. Every page
 * keeps what went wrong in it: `faultsOf(page)` lists uncaught errors, console errors and refusals by a content policy.
 * `seriousFaults(page)` runs axe. Nothing reaches beyond this machine.
 */
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright-core';
import { describeWith } from './needs.js';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** The same engine without the browser around it: it does the same work in two thirds of the time, and shows no notices. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
const START_MS = 60_000;

/** Where Chromium lies; undefined where it is not installed. */
const CHROMIUM = CANDIDATES.find((file) => existsSync(file));
const QUICKEST = existsSync(HEADLESS_SHELL) ? HEADLESS_SHELL : CHROMIUM;

export const describeInBrowser = describeWith(CHROMIUM !== undefined, 'Chromium: apt-get install chromium');

export interface BrowserOptions {
  /** For pages that show notifications of the system. */
  readonly withNotices?: boolean;
}

export interface PageOptions extends Omit<BrowserContextOptions, 'viewport'> {
  /** Width of the window in CSS px; the height follows: 800, or 700 for phones. */
  readonly width?: number;
}

/** A running Chromium. */
export class TestBrowser {
  readonly #browser: Browser;
  readonly #contexts: BrowserContext[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** A page of a person of its own; two such pages share nothing. Its context is `page.context()`. */
  async page({ width = 1280, ...options }: PageOptions = {}): Promise<Page> {
    const viewport = { width, height: width < 600 ? 700 : 800 };
    const context = await this.#browser.newContext({ locale: 'en-GB', viewport, ...options });
    context.setDefaultTimeout(15_000);
    this.#contexts.push(context);
    const page = await context.newPage();
    keepFaults(page);
    return page;
  }

  /** Closes every page opened so far. */
  async closePages(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.closePages();
    await this.#browser.close();
  }
}

/** Starts Chromium before the tests of this block, closes each test's pages after it, and Chromium at the end. */
export function useBrowser(options: BrowserOptions = {}): () => TestBrowser {
  let browser: TestBrowser | undefined;
  beforeAll(async () => {
    browser = await openBrowser(options);
  }, START_MS);
  afterEach(() => browser?.closePages());
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error('Chromium has not started yet.');
    return browser;
  };
}

async function openBrowser({ withNotices = false }: BrowserOptions): Promise<TestBrowser> {
  const executablePath = (withNotices ? CHROMIUM : QUICKEST) ?? '';
  return new TestBrowser(await chromium.launch({ executablePath, args: ARGS, timeout: START_MS }));
}

const faults = new WeakMap<Page, string[]>();

/** Uncaught errors, console errors and refusals by a content policy, in order; failed loads of a cut network are left out. */
export function faultsOf(page: Page): readonly string[] {
  return faults.get(page) ?? [];
}

function keepFaults(page: Page): void {
  const kept: string[] = [];
  faults.set(page, kept);
  page.on('pageerror', (error) => kept.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() !== 'error' || /net::ERR_|WebSocket connection to/.test(text)) return;
    kept.push(`${text} ${message.location().url}`);
  });
}

/** The rules of axe that look at colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * What axe calls serious or critical on this page, open shadow roots included, one line each: rule, element. `rules` are the only
 * ones that it tries, if given.
 */
export async function seriousFaults(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (await page.evaluate<boolean>("typeof axe === 'undefined'")) await page.evaluate(axe.source);
  const options = { resultTypes: ['violations'], ...(rules !== undefined && { runOnly: rules }) };
  const found: unknown =
    await page.evaluate(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
        id + ': ' + target.join(' ') + ' ' + failureSummary.split('\\n').slice(1, 2).join(' ').trim())))`);
  return found as string[];
}

interface Looks {
  light: string[];
  dark: string[];
  /** Nothing is wider than the window. */
  fits: boolean;
}

/** The same of a page that is light, and of its colours when it turns dark; it is light again afterwards. */
export async function looksOf(page: Page): Promise<Looks> {
  const light = await seriousFaults(page);
  await turn(page, 'dark');
  const dark = await seriousFaults(page, OF_COLOURS);
  await turn(page, 'light');
  const fits = await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');
  return { light, dark, fits };
}

/** Changes the colours, and ends the transitions that lead there. */
async function turn(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // Scripts hear of it in the next frame, and what they change takes another one.
  await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
    for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
    resolve();
  }))))`);
}

export const GOOD_LOOKS: Looks = { light: [], dark: [], fits: true };

type Styles = Record<string, string>;

/** How an element looks: these computed styles, by their names in JavaScript. */
export function stylesOf(element: Locator, names: readonly string[]): Promise<Styles> {
  return element.evaluate((one: unknown, wanted) => {
    const page = globalThis as unknown as { getComputedStyle: (element: unknown) => Styles };
    const all = page.getComputedStyle(one);
    return Object.fromEntries(wanted.map((name) => [name, all[name] ?? '']));
  }, names);
}

/** True once a `video` element under this locator expression shows moving pictures: it has a size, and its time runs. */
export async function isPlaying(page: Page, video: Locator): Promise<boolean> {
  const look = () =>
    video.evaluate(
      (one: { videoWidth: number; currentTime: number }) => [one.videoWidth, one.currentTime] as const,
    );
  const [, before] = await look();
  for (let round = 0; round < 60; round++) {
    const [width, now] = await look();
    if (width > 0 && now > before) return true;
    await page.waitForTimeout(250);
  }
  return false;
}
