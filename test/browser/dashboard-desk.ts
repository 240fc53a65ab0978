import { afterAll, afterEach, beforeAll, expect, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Config } from '../../src/platform/config/config.js';
import { createStaff } from '../factories/staff.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { personOf, type Person } from '../support/desk.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  faultsOf,
  useBrowser,
  type BrowserOptions,
  type PageOptions,
  type TestBrowser,
} from '../support/browser.js';

/** Two machines' worth of work share this one: nothing here is about being quick. */
const PATIENCE_MS = 120_000;

/** A member of staff who can sign in at the door. */
export interface Colleague extends Person {
  readonly password: string;
}

/** `faults`: what a page may complain of in this test. */
type Options = PageOptions & { readonly faults?: readonly RegExp[] };

/** A running desk, Chromium, and three people who work there. */
export interface DashboardDesk {
  readonly server: TestApp;
  readonly browser: TestBrowser;
  readonly ada: Colleague;
  readonly bo: Colleague;
  readonly cleo: Colleague;
  /** A person of one test's own, whose settings no other test reads or changes. */
  provisionStaff(name: string, role?: string): Promise<Colleague>;
  /** A donor's new ticket. */
  ticket(fields?: Record<string, unknown>): Promise<TicketFixture>;
  /** The dashboard at this path, signed in as this person. */
  open(person: Colleague, path?: string, options?: Options): Promise<Page>;
}

/** One desk and one Chromium for a file. After each test no page may have had a fault, a refusal by the content policy included. */
export function useDashboard(
  overrides: Partial<Config> = {},
  options: BrowserOptions = {},
): () => DashboardDesk {
  jest.setTimeout(PATIENCE_MS);
  const browser = useBrowser(options);
  const pages: { page: Page; expected: readonly RegExp[] }[] = [];
  let desk: DashboardDesk | undefined;
  let server: TestApp | undefined;

  beforeAll(async () => {
    server = await startApp(overrides);
    desk = await furnish(server, browser, pages);
  }, PATIENCE_MS);
  afterEach(() => {
    const faults = pages
      .splice(0)
      .flatMap(({ page, expected }) =>
        faultsOf(page).filter((fault) => !expected.some((pattern) => pattern.test(fault))),
      );
    expect(faults).toEqual([]);
  });
  afterAll(() => server?.close());
  return () => {
    if (desk === undefined) throw new Error('The desk is not open yet.');
    return desk;
  };
}

/** Somebody new who works here, and can sign in at the door. */
export async function hireAt(
  server: TestApp,
  fields: { name: string; role?: string; email?: string },
): Promise<Colleague> {
  const signedIn = await createStaff(server.app, { role: 'ADMIN', ...fields });
  return Object.assign(personOf(server, signedIn), { password: signedIn.password });
}

async function furnish(
  server: TestApp,
  browser: () => TestBrowser,
  pages: { page: Page; expected: readonly RegExp[] }[],
): Promise<DashboardDesk> {
  const provisionStaff = (name: string, role = 'ADMIN') =>
    hireAt(server, { name, role, email: `${name.toLowerCase()}@staff.test` });
  const [ada, bo, cleo] = [
    await provisionStaff('Ada', 'ADMIN'),
    await provisionStaff('Bo', 'ADMIN'),
    await provisionStaff('Cleo', 'SUPER_ADMIN'),
  ];
  return {
    server,
    get browser() {
      return browser();
    },
    ada,
    bo,
    cleo,
    provisionStaff,
    ticket: (fields = {}) => createTicket(server, { donorName: 'Dora', subject: 'A question', ...fields }),
    async open(person, path = '/dashboard', options: Options = {}) {
      const { faults = [], ...rest } = options;
      const page = await browser().page(rest);
      pages.push({ page, expected: faults });
      await enterAt(page, server.url + path, person);
      return page;
    },
  };
}

/**
 * Opens this address of the dashboard as somebody who has signed in before. Most tests of the dashboard begin so: the door has
 * tests of its own, and filling it in takes a busy machine longer than the rest of the way.
 */
export async function enterAt(page: Page, url: string, { username, password }: Colleague): Promise<void> {
  const { origin } = new URL(url);
  const data = { username, password };
  const login = await page.context().request.post(`${origin}/api/v1/auth/login`, { data });
  expect(login.status()).toBe(200);
  // The dashboard asks for its session only where somebody has signed in.
  const blank = `${origin}/blank`;
  const body = '<!doctype html><link rel="icon" href="data:,">';
  await page.route(blank, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(blank);
  await page.evaluate(`localStorage.setItem('concierge:signed-in', 'yes')`);
  await page.unroute(blank);
  await page.goto(url);
  await page.locator('#content').waitFor();
}

/** Fills the door's two fields and waits for the desk behind it. */
export async function signInAt(
  page: Page,
  { username, password }: Colleague,
  inside = '#content',
): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator(inside).waitFor();
}

/** The address of a ticket's page. */
export const pathOf = (ticket: { id: string }): string => `/dashboard/tickets/${ticket.id}`;

/** The line of the conversation with this text. */
export const line = (page: Page, text: string) => page.getByRole('log').getByText(text, { exact: true });

/** Writes into the composer and sends. */
export async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Write to the donor' });
  await field.fill(text);
  await field.press('Enter');
}

/** Resolves once this JavaScript is true in the page. Asked from outside: the page's policy forbids it to run texts. */
export async function eventually(page: Page, expression: string): Promise<void> {
  for (let round = 0; round < 150; round++) {
    if (await page.evaluate<boolean>(expression)) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`never true in the page: ${expression}`);
}
