import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  describeInBrowser,
  faultsOf,
  seriousFaults,
  useBrowser,
  type PageOptions,
} from '../support/browser.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PICTURES = path.join(ROOT, 'coverage/gallery');
const SITE = 'http://gallery.test/';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
const BUILD_MS = 180_000;

const LOOKS: [look: string, locale: string, options: PageOptions][] = [
  ['light', 'en', {}],
  ['dark', 'en', { colorScheme: 'dark' }],
  ['right to left', 'ar', {}],
  ['narrow', 'de', { width: 375 }],
];

/** Builds the gallery of a face as Vite builds the face. */
async function buildGallery(face: string, folder: string): Promise<void> {
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
  const options = ['--outDir', folder, '--emptyOutDir', '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, [vite, 'build', `web/${face}/gallery`, ...options], {
    cwd: ROOT,
  });
}

async function serve(page: Page, folder: string): Promise<void> {
  await page.route(`${SITE}**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1) || 'index.html';
    const contentType = TYPES[path.extname(name)] ?? 'application/octet-stream';
    return route.fulfill({ contentType, body: readFileSync(path.join(folder, name)) });
  });
}

describeInBrowser('the gallery of components', () => {
  jest.setTimeout(BUILD_MS);
  const browser = useBrowser();
  const built = mkdtempSync(path.join(tmpdir(), 'concierge-gallery-'));
  const folderOf = (face: string) => path.join(built, face);

  beforeAll(async () => {
    for (const face of ['dashboard', 'widget']) await buildGallery(face, folderOf(face));
  }, BUILD_MS);
  afterAll(() => rmSync(built, { recursive: true, force: true }));

  async function open(face: string, locale: string, options: PageOptions): Promise<Page> {
    const page = await browser().page(options);
    await serve(page, folderOf(face));
    await page.goto(`${SITE}?locale=${locale}`);
    await page.locator('[data-specimen]').first().waitFor();
    return page;
  }

  it.each(['dashboard', 'widget'].flatMap((face) => LOOKS.map((look) => [face, ...look] as const)))(
    'of the %s shows every specimen, %s, without a fault',
    async (face, look, locale, options) => {
      const page = await open(face, locale, options);
      const specimens = await page.locator('[data-specimen]').all();
      expect(specimens.length).toBeGreaterThan(10);
      for (const specimen of specimens) {
        const { width = 0, height = 0 } = (await specimen.boundingBox()) ?? {};
        expect({
          name: await specimen.getAttribute('data-specimen'),
          isSeen: width > 0 && height > 0,
        }).toEqual({
          name: expect.any(String),
          isSeen: true,
        });
      }
      expect(await seriousFaults(page)).toEqual([]);
      expect(faultsOf(page)).toEqual([]);
      const name = `${face}-${look.replaceAll(' ', '-')}.png`;
      await page.screenshot({ path: path.join(PICTURES, name), fullPage: true });
    },
  );

  it('asks a question whose way back has the focus', async () => {
    const page = await open('dashboard', 'en', {});
    await page.getByRole('button', { name: 'Delete message' }).click();
    const cancel = page.getByRole('dialog').getByRole('button', { name: 'Cancel' });
    await cancel.and(page.locator(':focus')).waitFor();
    await page.screenshot({ path: path.join(PICTURES, 'dashboard-confirm.png') });
    await cancel.click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(faultsOf(page)).toEqual([]);
  });
});
