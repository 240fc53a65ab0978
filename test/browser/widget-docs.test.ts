import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { delegated } from '../factories/delegated-token.factory.js';
import { describeInBrowser, faultsOf, useBrowser } from '../support/browser.js';
import { DonorPage, Site } from '../support/donor-page.js';

const ROOT = resolve(import.meta.dirname, '../..');
const DOCS = readFileSync(join(ROOT, 'docs/widget.md'), 'utf8');

/** The snippets of a language, in order. The PHP ones are for test/api/wordpress-plugin.test.ts. */
const snippets = (language: string): string[] =>
  [...DOCS.matchAll(new RegExp(`\n\`\`\`${language}\n([\\s\\S]*?)\n\`\`\``, 'g'))].map(([, code]) => code!);

const PAGE = `import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Support } from './support.js';
function Page() {
  const [token, setToken] = useState<string>();
  const [isThere, setThere] = useState(true);
  Object.assign(window, { setToken, setThere });
  return isThere ? <Support {...(token !== undefined && { token })} /> : null;
}
createRoot(document.getElementById('root')!).render(<StrictMode><Page /></StrictMode>);
`;

/** The folder of somebody else's project with the package in it. */
function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'widget-package-'));
  const modules = join(folder, 'node_modules');
  const node = process.execPath;
  execFileSync(node, ['scripts/widget-package.mjs', join(modules, '@concierge/widget')], { cwd: ROOT });
  mkdirSync(join(modules, '@types'));
  for (const name of ['react', 'react-dom', 'scheduler', '@types/react', '@types/react-dom', 'csstype'])
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  return folder;
}

describeInBrowser('docs/widget.md', () => {
  const browser = useBrowser();
  let site: Site;
  let folder: string;
  const [line = '', queue = '', own = '', signed = ''] = snippets('html');
  const here = (code: string) => code.replaceAll('https://desk.example', site.desk.server.url);
  beforeAll(async () => {
    site = await Site.open();
    folder = project();
  });
  afterAll(async () => {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const visit = (path: string, embed: string, body = '') =>
    DonorPage.visit(browser(), site.page(path, { embed: () => here(embed), body }));

  /** What the compiler says of these files of the project. */
  function faultsIn(files: Readonly<Record<string, string>>): string[] {
    for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
    const options = { strict: true, noEmit: true, skipLibCheck: true, target: 'es2024', module: 'nodenext' };
    const compilerOptions = { ...options, jsx: 'react-jsx', types: [], lib: ['es2024', 'dom'] };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: Object.keys(files) }),
    );
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', '.'], { cwd: folder, encoding: 'utf8' });
    return stdout.split('\n').filter((fault) => /^\S+\(/.test(fault));
  }

  it('has as many snippets as are run', () => {
    const counts = ['html', 'php', 'tsx', 'js'].map((language) => snippets(language).length);
    expect(counts).toEqual([4, 2, 1, 1]);
    expect([...DOCS.matchAll(/^```/gm)]).toHaveLength(16);
  });

  it('embeds the widget by one line, and carries out what was asked for before', async () => {
    const donor = await visit('/line', `${queue}${line}`);
    await donor.text('Hello Ida!').waitFor();
    expect(faultsOf(donor.page)).toEqual([]);
  });

  it('has a button of the page itself', async () => {
    const page = await browser().page();
    await page.goto(site.page('/own', { embed: () => '', body: here(own) }));
    await page.getByRole('button', { name: 'Help' }).click();
    await new DonorPage(page).panel.waitFor();
    expect(await new DonorPage(page).launcher.isVisible()).toBe(false);
    expect(faultsOf(page)).toEqual([]);
  });

  it('hands a signed identity on, by attribute and when the person changes', async () => {
    const { token } = await delegated(site.desk.server);
    const donor = await visit('/signed', signed.replace('eyJ…', token));
    await donor.open();
    await donor.text('Hello Kim!').waitFor();
    const [changes = ''] = snippets('js');
    const other = await visit('/changed', `<script type="module">${changes}</script>${line}`);
    const tell = (user: unknown) =>
      other.page.evaluate(
        `dispatchEvent(new CustomEvent('user-changed', { detail: ${JSON.stringify(user)} }))`,
      );
    await tell({ conciergeToken: token });
    await other.open();
    await other.text('Hello Kim!').waitFor();
    await tell(null);
    await other.text('Hello!').waitFor();
    expect(faultsOf(other.page)).toEqual([]);
  });

  it('has types that a strict compiler checks', () => {
    const [component = ''] = snippets('tsx');
    const head = `import { init } from '@concierge/widget';\nconst concierge = await init({ url: '' });\n`;
    const faults = faultsIn({
      'support.tsx': here(component),
      'right.ts': `${head}concierge.on('ticket', ({ number }) => number.trim());`,
      'event.ts': `${head}concierge.on('tickets', () => {});`,
      'detail.ts': `${head}concierge.on('unread', (count) => count.trim());`,
      'call.ts': `${head}window.Concierge ??= [];\nwindow.Concierge.push(['opne']);`,
    });
    expect(faults.sort()).toEqual([
      expect.stringMatching(/^call\.ts.*'"opne"'/),
      expect.stringMatching(/^detail\.ts.*'trim' does not exist on type 'number'/),
      expect.stringMatching(/^event\.ts.*'"tickets"'/),
    ]);
  });

  it('runs in a React app, in strict mode', async () => {
    const [component = ''] = snippets('tsx');
    writeFileSync(join(folder, 'support.tsx'), here(component));
    writeFileSync(join(folder, 'page.tsx'), PAGE);
    writeFileSync(
      join(folder, 'vite.config.mjs'),
      `export default { build: { rolldownOptions: { input: 'page.tsx', output: { entryFileNames: 'page.js' } } } };`,
    );
    const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: folder });
    const page = await browser().page();
    const body = readFileSync(join(folder, 'dist/page.js'), 'utf8');
    await page.route('**/page.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
    const embed = () => '<script type="module" src="/page.js"></script>';
    await page.goto(site.page('/react', { embed, body: '<div id="root"></div>' }));
    const donor = new DonorPage(page);
    const { token } = await delegated(site.desk.server, { username: 'Noor' });
    await donor.launcher.waitFor();
    await page.evaluate(`setToken('${token}')`);
    await donor.open();
    await donor.text('Hello Noor!').waitFor();
    await page.evaluate('setThere(false)');
    await page.locator('#concierge-widget').waitFor({ state: 'detached' });
    await page.evaluate('setThere(true)');
    await donor.open();
    await donor.text('Hello Noor!').waitFor();
    expect(faultsOf(page)).toEqual([]);
  });
});
