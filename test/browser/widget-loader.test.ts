import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser, faultsOf, stylesOf, useBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage, Site } from '../support/donor-page.js';

describeInBrowser('the widget on a page of others', () => {
  const browser = useBrowser();
  let site: Site;
  beforeAll(async () => {
    site = await Site.open();
  });
  afterAll(() => site.close());

  it('asks for nothing and stores nothing before it is opened', async () => {
    const page = await browser().page();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('websocket', (socket) => asked.push(socket.url()));
    const url = site.page('/quiet');
    await page.goto(url);
    const donor = new DonorPage(page);
    await donor.launcher.waitFor();
    await donor.launcher.hover();
    await page.waitForLoadState('networkidle');
    expect(asked.filter((one) => !one.endsWith('favicon.ico'))).toEqual([
      url,
      `${site.desk.server.url}/widget.js`,
    ]);
    expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([
      0,
      0,
      '',
    ]);
    await donor.open();
    await donor.text('How can we help you?').waitFor();
    expect(await page.evaluate('[localStorage.length, document.cookie]')).toEqual([0, '']);
    // Opened, it asks whether links by mail are offered here and who is there, and nothing about anybody.
    const api = asked.filter((one) => one.includes('/api/') || one.startsWith('ws'));
    expect(api.filter((one) => !/\/api\/v1\/(auth\/donor|desk\?lang=en)$/.test(one))).toEqual([]);
  });

  it('works under a strict content policy, which also forbids its web socket', async () => {
    const url = site.page('/strict', {
      policy: (desk) => `default-src 'none'; script-src ${desk}; connect-src ${desk}; base-uri 'none'`,
    });
    const donor = await DonorPage.visit(browser(), url);
    const polled = donor.page.waitForResponse(
      (response) => /transport=polling.*&sid=/.test(response.url()) && response.request().method() === 'POST',
    );
    await donor.open();
    await donor.start();
    await donor.write('Hello from a strict page');
    await donor.log.locator('.line:has-text("Hello from a strict page") .tick.check').waitFor();
    // Live all the same, by the transport that is loaded for such pages only.
    expect((await polled).status()).toBe(200);
    const [{ id }] = await ok(site.desk.admin.get('/tickets?q=receipt'));
    const typing = donor.page.waitForResponse((response) => response.url().includes('transport=polling'));
    await ok(site.desk.admin.post(`/tickets/${id}/messages`, { content: 'Hello there' }), 201);
    await donor.log.getByText('Hello there').waitFor();
    expect((await typing).status()).toBe(200);
    const styles = await stylesOf(donor.panel, ['borderRadius', 'position']);
    expect(styles).toEqual({ borderRadius: '16px', position: 'absolute' });
    expect(faultsOf(donor.page).filter((fault) => !fault.includes('ws://'))).toEqual([]);
  });

  it('keeps its styles to itself, and the page’s out', async () => {
    const head = `<style>* { color: red !important; font: 40px serif !important; border: 9px solid lime !important }
      div { display: none !important; position: static !important } button { transform: scale(3) }
      :root { --c-surface: red; --c-accent: red }</style>`;
    const look = [
      'color',
      'fontSize',
      'fontFamily',
      'borderTopWidth',
      'backgroundColor',
      'display',
      'transform',
    ];
    const of = async (path: string, options = {}) => {
      const donor = await DonorPage.visit(browser(), site.page(path, options));
      const before = await stylesOf(donor.page.locator('#ours'), look);
      await donor.open();
      await donor.panel.locator('.door').first().click();
      await donor.panel.locator('input[name=email]').waitFor();
      const parts = ['.panel', 'h1', 'input[name=email]', '.button.primary'].map((part) =>
        stylesOf(donor.page.locator(`#concierge-widget ${part}`).first(), look),
      );
      const after = await stylesOf(donor.page.locator('#ours'), look);
      return { parts: await Promise.all(parts), before, after };
    };
    const [plain, loud] = [await of('/plain'), await of('/loud', { head })];
    expect(plain.parts[0]!.display).toBe('flex');
    expect(loud.parts).toEqual(plain.parts);
    expect(plain.after).toEqual(plain.before);
    expect(loud.after).toEqual(loud.before);
  });

  it('obeys the page: Concierge.open, close, identify, on', async () => {
    const attributes =
      'data-donor-id="crm-7" data-email="ida@example.org" data-name="Ida" data-position="left"';
    const donor = await DonorPage.visit(browser(), site.page('/known', { attributes }));
    const { page } = donor;
    await page.evaluate(`window.heard = []; for (const name of ['open', 'close', 'ticket', 'message'])
      Concierge.on(name, (detail) => heard.push([name, detail]))`);
    await page.evaluate('void Concierge.open()');
    await donor.text('Hello Ida!').waitFor();
    expect((await donor.panel.boundingBox())!.x).toBeLessThan(100);
    await donor.panel.locator('.door').first().click();
    expect(await donor.panel.locator('[name=email]').inputValue()).toBe('ida@example.org');
    await donor.panel.locator('[name=message]').fill('Hi');
    await donor.button('Start the conversation').click();
    await donor.composer.waitFor();
    const { rows } = await site.desk.db.query('SELECT id FROM tickets WHERE donor_id = $1', ['crm-7']);
    await site.desk.admin.post(`/tickets/${rows[0].id}/messages`, { content: 'Hello Ida' });
    await donor.text('Hello Ida').waitFor();
    await page.evaluate('Concierge.close()');
    await donor.panel.waitFor({ state: 'hidden' });
    expect(
      await page.evaluate(
        'heard.map(([name, detail]) => [name, detail ? (detail.id ?? detail.text) : null])',
      ),
    ).toEqual([
      ['open', null],
      ['ticket', rows[0].id],
      ['message', 'Hello Ida'],
      ['close', null],
    ]);
    await page.evaluate('Concierge.identify({}); void Concierge.open()');
    await donor.text('No conversations yet.').waitFor();
  });

  it('says so when the chat cannot be loaded, and tries again', async () => {
    const donor = await DonorPage.visit(browser(), site.page('/cut'));
    await donor.page.route('**/widget/assets/**', (route) => route.abort());
    await donor.launcher.click();
    await donor.page.getByText('The chat could not be opened. Please try again.').waitFor();
    await donor.page.unroute('**/widget/assets/**');
    await donor.open();
    await donor.text('How can we help you?').waitFor();
  });
});
