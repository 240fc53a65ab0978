// npm run screenshots: docs/images/*.png for the README, taken of a real server with a desk on it. Needs Chromium; DATABASE_URL
// names an empty database, without it one is started for the moment.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { fillDesk, signIn } from './demo-desk.js';

const FOLDER = 'docs/images';
const PASSWORD = 'a-password-for-pictures';
const START_MS = 120_000;
const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** The built product, with limits that a crowd of demo donors does not meet. */
async function startServer(port: number, dataDir: string): Promise<ChildProcess> {
  const plenty = '100000';
  const server = spawn(process.execPath, ['dist/main.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataDir,
      ADMIN_PASSWORD: PASSWORD,
      SUPER_ADMIN_PASSWORD: PASSWORD,
      LIMIT_TICKETS: plenty,
      LIMIT_READS: plenty,
      LIMIT_MESSAGES: plenty,
      LIMIT_STAFF: plenty,
    },
  });
  const deadline = Date.now() + START_MS;
  while (!(await isReady(port))) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error('The server did not start.');
    await sleep(250);
  }
  return server;
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://localhost:${port}/health/ready`)).ok;
  } catch {
    return false;
  }
}

/** Fonts and transitions have settled. */
async function save(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  console.log(`${FOLDER}/${name}.png`);
}

async function newPage(browser: Browser, width: number, height: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  return context.newPage();
}

/** Board, ticket and a call on the dashboard; the donor's side on the demo page. */
async function takePictures(browser: Browser, url: string): Promise<void> {
  const staff = await signIn(url, 'admin', PASSWORD);
  const [first] = await fillDesk(url, staff);
  if (first === undefined) throw new Error('The desk is empty.');

  const desk = await newPage(browser, 1200, 760);
  await desk.goto(`${url}/dashboard`);
  await desk.getByLabel('Username').fill('admin');
  await desk.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await desk.getByText('My monthly donation was taken twice').waitFor();
  await save(desk, 'board');

  const site = await newPage(browser, 1200, 760);
  await site.goto(`${url}/demo`);
  await site.locator('#concierge-widget .launcher').click();
  const panel = site.locator('#concierge-widget .panel');
  await panel.locator('.door').first().waitFor();
  await save(site, 'widget');
  await panel.locator('.door').first().click();
  const fields = { email: 'maria@example.org', name: 'Maria', message: 'Where can I find my receipt?' };
  for (const [name, value] of Object.entries(fields)) await panel.locator(`[name=${name}]`).fill(value);
  await panel.getByRole('button', { name: 'Start the conversation' }).click();

  await desk.getByRole('region', { name: 'New' }).getByRole('link', { name: /Maria/ }).click();
  await desk.getByRole('button', { name: 'Accept', exact: true }).click();
  const answerField = desk.getByRole('textbox', { name: 'Write to the donor' });
  await answerField.fill('Hello Maria! I have just sent it to your mailbox again.');
  await answerField.press('Enter');
  await panel.getByText('I have just sent it').waitFor();
  await panel.locator('.composer textarea').fill('It is here, thank you so much!');
  await panel.locator('.composer textarea').press('Enter');
  await desk.getByRole('log').getByText('It is here').waitFor();
  await save(site, 'chat');

  await desk.goto(`${url}/dashboard/tickets/${first.id}`);
  await desk.getByText('And my receipt for the tax office?').waitFor();
  await save(desk, 'ticket');
  await takeCall(desk, panel);
}

/** The donor asks for a call, and both talk. */
async function takeCall(desk: Page, panel: Locator): Promise<void> {
  await panel.getByRole('button', { name: 'Ask for a call' }).click();
  await panel.getByRole('button', { name: 'Video' }).click();
  await desk.getByRole('article', { name: 'Maria' }).waitFor();
  await save(desk, 'ring');
  await desk.getByRole('article', { name: 'Maria' }).getByRole('button', { name: 'Accept' }).click();
  await panel.getByRole('button', { name: 'Join the call' }).click();
  await desk.getByText('Connected').waitFor();
  await save(desk, 'call');
}

mkdirSync(FOLDER, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), 'concierge-pictures-'));
const port = await freePort();
let server: ChildProcess | undefined;
let browser: Browser | undefined;
try {
  server = await startServer(port, dataDir);
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS });
  await takePictures(browser, `http://localhost:${port}`);
} finally {
  await browser?.close();
  if (server?.exitCode === null) {
    const gone = new Promise((resolve) => server?.once('exit', resolve));
    server.kill();
    await gone;
  }
  rmSync(dataDir, { recursive: true, force: true });
}
