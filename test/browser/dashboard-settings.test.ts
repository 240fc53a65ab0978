import { expect, it } from '@jest/globals';
import { describeInBrowser, faultsOf, seriousFaults } from '../support/browser.js';
import { ok } from '../support/client.js';
import { eventually, useDashboard } from './dashboard-desk.js';

const NAME = 'Wells & Water';

describeInBrowser('the settings of the desk', () => {
  const desk = useDashboard();

  it('are changed by a super admin, and show everywhere: here, to colleagues, on the demo page, in a transcript', async () => {
    const { ada, cleo, browser, open, ticket, server } = desk();
    const colleague = await open(ada);
    const page = await open(cleo);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Name of the desk').fill(NAME);
    await page.getByLabel('Colour', { exact: true }).fill('#7a1f5');
    await page.getByText('Write the colour as # and six digits').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByLabel('Colour', { exact: true }).fill('#7a1f5c');
    await page.getByLabel('Deutsch').fill('Guten Tag!');
    await page.getByRole('button', { name: 'Add hours: Monday' }).click();
    await page.getByRole('button', { name: 'Add hours: Monday' }).click();
    await page.getByRole('button', { name: 'Add a day' }).click();
    await page.getByLabel('Day', { exact: true }).fill('2026-12-25');
    await page.getByRole('textbox', { name: 'Pages with the widget' }).fill('https://www.charity.example');

    await page.getByRole('link', { name: 'Board' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(new URL(page.url()).pathname).toBe('/dashboard/settings');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await ok(cleo.get('/desk/settings'))).toMatchObject({
      ...{ name: NAME, colour: '#7a1f5c', greetings: { de: 'Guten Tag!' } },
      hours: [
        { weekday: 1, from: '09:00', to: '17:00' },
        { weekday: 1, from: '18:00', to: '20:00' },
      ],
      holidays: [{ date: '2026-12-25', name: null }],
      widgetOrigins: ['https://www.charity.example'],
    });

    for (const one of [page, colleague]) {
      await one.getByRole('banner').getByText(NAME).waitFor();
      await eventually(
        one,
        `getComputedStyle(document.body, '::before').backgroundColor === 'rgb(122, 31, 92)'`,
      );
    }
    await page.getByRole('link', { name: 'Board' }).click();
    await page.getByRole('heading', { name: 'Board', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('banner').getByText(NAME).waitFor();
    expect(await page.title()).toBe(NAME);

    const demo = await browser.page();
    await demo.goto(`${server.url}/demo`);
    await demo.getByRole('link', { name: NAME, exact: true }).waitFor();
    await eventually(demo, `getComputedStyle(document.querySelector('.brand')).color === 'rgb(122, 31, 92)'`);
    expect(await demo.locator('script[src$="/widget.js"]').getAttribute('data-color')).toBe('#7a1f5c');
    expect(faultsOf(demo)).toEqual([]);

    const { id, donor } = await ticket();
    const transcript = (await ok(donor.get(`/tickets/${id}/transcript?format=txt`))) as string;
    expect(transcript.split('\n')[0]).toBe(NAME);
  });

  it('that somebody else has changed meanwhile are not overwritten', async () => {
    const { cleo, open } = desk();
    const page = await open(cleo, '/dashboard/settings', { faults: [/409/] });
    const name = page.getByLabel('Name of the desk');
    await name.fill('Mine');
    const { version } = await ok(cleo.get('/desk/settings'));
    await ok(cleo.patch('/desk/settings', { version, name: 'Theirs' }));
    await page.getByRole('banner').getByText('Theirs').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else has changed the settings').waitFor();
    await page.getByRole('button', { name: 'Load the new settings' }).click();
    await page.getByText('Somebody else has changed the settings').waitFor({ state: 'detached' });
    expect(await name.inputValue()).toBe('Theirs');
  });

  it.each([
    { width: 1280, colorScheme: 'light' },
    { width: 375, colorScheme: 'dark' },
  ] as const)('have no serious fault ($width, $colorScheme)', async (look) => {
    const { cleo, open } = desk();
    const page = await open(cleo, '/dashboard/settings', { reducedMotion: 'reduce', ...look });
    await page.getByRole('button', { name: 'Add hours: Sunday' }).click();
    await page.getByRole('button', { name: 'Add a day' }).click();
    await page.getByText('Choose a day on each line').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
