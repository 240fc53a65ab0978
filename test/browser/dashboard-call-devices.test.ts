import { expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { TicketFixture } from '../factories/ticket.factory.js';
import { describeInBrowser, GOOD_LOOKS, isPlaying, looksOf } from '../support/browser.js';
import { ok } from '../support/client.js';
import { eventually, pathOf, useDashboard } from './dashboard-desk.js';

/** What getUserMedia answers for a camera, and for a microphone: a name of an error, or nothing where it works. */
const devicesAre = ({ camera, microphone }: { camera?: string; microphone?: string }): string => `
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (wanted) => {
    const fault = (wanted.video && '${camera ?? ''}') || (wanted.audio && '${microphone ?? ''}');
    return fault ? Promise.reject(new DOMException('no', fault)) : open(wanted);
  };`;

describeInBrowser('devices in calls on the dashboard', () => {
  const desk = useDashboard();
  const panelOf = (page: Page) => page.getByRole('region', { name: 'Call', exact: true });
  const device = (panel: Locator, name: string) => panel.getByRole('button', { name, exact: true });

  /** Staff on the page of a ticket, before they call. */
  async function lobby(
    donorName: string,
    { type = 'Video call', script = '', width = 1280 } = {},
  ): Promise<{ page: Page; panel: Locator; ticket: TicketFixture }> {
    const { ada, open } = desk();
    const ticket = await desk().ticket({ donorName });
    const page = await open(ada, pathOf(ticket), { width });
    if (script) await page.evaluate(script);
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('menuitem', { name: type }).click();
    return { page, panel: panelOf(page), ticket };
  }

  async function call(panel: Locator): Promise<void> {
    await panel.getByRole('button', { name: 'Call now' }).click();
    await panel.getByText('Waiting for the donor…').waitFor();
  }

  /** The donor's side of the open call, in a browser of its own. */
  async function donorJoins(ticket: TicketFixture): Promise<Page> {
    const { browser, server } = desk();
    const { activeCallId } = await ok(ticket.donor.get(`/tickets/${ticket.id}`));
    const { roomName, token } = await ok(ticket.donor.post(`/calls/${activeCallId}/join`));
    const page = await browser.page();
    await page.goto(`${server.url}/call/${roomName}#token=${token}`);
    await page.getByLabel('Microphone').selectOption({ label: 'Fake Audio Input 1' });
    await page.getByRole('button', { name: 'Join the call' }).click();
    await page.locator('.remote').waitFor();
    return page;
  }

  it('are chosen, with a look at oneself, before anybody is called; the browser remembers them, and they change on the way', async () => {
    const { page, panel, ticket } = await lobby('Lea');
    expect(await isPlaying(page, panel.getByLabel('You'))).toBe(true);
    expect((await ok(ticket.donor.get(`/tickets/${ticket.id}`))).activeCallId).toBeNull();
    const microphone = panel.getByRole('combobox', { name: 'Microphone' });
    await panel.getByRole('combobox', { name: 'Loudspeaker' }).waitFor();
    await microphone.selectOption({ label: 'Fake Audio Input 2' });
    await call(panel);
    const donor = await donorJoins(ticket);
    expect(await isPlaying(donor, donor.locator('.remote video'))).toBe(true);

    await device(panel, 'Devices').click();
    const chosen = () =>
      microphone.evaluate((one: { selectedOptions: { label: string }[] }) => one.selectedOptions[0]?.label);
    expect(await chosen()).toBe('Fake Audio Input 2');
    await device(panel, 'Microphone').click();
    await donor.getByLabel('Ada has the microphone off').waitFor();
    await microphone.selectOption({ label: 'Fake Audio Input 1' });
    // Another microphone is as silent as the one before.
    expect(await device(panel, 'Microphone').getAttribute('aria-pressed')).toBe('false');
    await device(panel, 'Microphone').click();
    await donor.getByLabel('Ada has the microphone off').waitFor({ state: 'detached' });
    await device(panel, 'Hang up').click();
    await panel.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Audio call' }).click();
    await microphone.waitFor();
    expect(await chosen()).toBe('Fake Audio Input 1');
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await panel.waitFor({ state: 'detached' });
  });

  it('fall back to sound where the camera is missing, and say what to do about a microphone that may not be used', async () => {
    const without = await lobby('Nils', { script: devicesAre({ camera: 'NotFoundError' }) });
    await without.panel.getByText('We cannot find a camera.').waitFor();
    await without.panel.getByText('You take part with sound only.').waitFor();
    expect(await looksOf(without.page)).toEqual(GOOD_LOOKS);
    await call(without.panel);
    const donor = await donorJoins(without.ticket);
    await without.panel.getByText('You take part with sound only.').waitFor();
    await donor.locator('.remote video.dark').waitFor({ state: 'attached' });
    expect(await donor.getByLabel('Ada has the microphone off').count()).toBe(0);
    await device(without.panel, 'Hang up').click();

    const denied = await lobby('Olga', {
      type: 'Audio call',
      script: devicesAre({ microphone: 'NotAllowedError' }),
    });
    await denied.panel.getByText('Allow it in the address bar, then try again.').waitFor();
    await call(denied.panel);
    await denied.panel.getByText('Nobody hears you yet.').waitFor();
    expect(await device(denied.panel, 'Microphone').getAttribute('aria-pressed')).toBe('false');
    // Allowed in the address bar meanwhile.
    await denied.page.evaluate('delete navigator.mediaDevices.getUserMedia');
    await device(denied.panel, 'Microphone').click();
    await denied.panel.getByText('Nobody hears you yet.').waitFor({ state: 'detached' });
    expect(await device(denied.panel, 'Microphone').getAttribute('aria-pressed')).toBe('true');
    await device(denied.panel, 'Hang up').click();
  });

  it('show the screen to the other side, until the button or the browser ends it', async () => {
    const { page, panel, ticket } = await lobby('Pia', { type: 'Audio call' });
    await call(panel);
    const donor = await donorJoins(ticket);
    await page.evaluate(`
      const open = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getDisplayMedia = async (wanted) => (window.shown = await open(wanted));`);
    const screen = donor.getByLabel('Screen of Ada');
    await device(panel, 'Share screen').click();
    await panel.getByText('The others see your screen.').waitFor();
    expect(await isPlaying(donor, screen)).toBe(true);
    expect(await device(panel, 'Share screen').getAttribute('aria-pressed')).toBe('true');
    await device(panel, 'Share screen').click();
    await screen.waitFor({ state: 'detached' });
    await eventually(page, `shown.getTracks().every(({ readyState }) => readyState === 'ended')`);

    await device(panel, 'Share screen').click();
    expect(await isPlaying(donor, screen)).toBe(true);
    // As the browser's own bar does.
    await page.evaluate(`shown.getTracks()[0].dispatchEvent(new Event('ended'))`);
    await screen.waitFor({ state: 'detached' });
    await panel.getByText('Connected').waitFor();
    await device(panel, 'Hang up').click();
  });

  it('leave every field of the page in reach, on a phone too', async () => {
    for (const width of [1280, 375]) {
      const { page, panel } = await lobby(`Quinn ${width}`, { width });
      await call(panel);
      if (width < 600) await page.setViewportSize({ width, height: 667 });
      // What is written, and the last of what the details offer.
      const fields = [page.getByRole('textbox', { name: 'Write to the donor' })];
      if (width > 600) fields.push(page.getByRole('combobox', { name: 'Tags' }));
      for (const field of fields) {
        await field.scrollIntoViewIfNeeded();
        await field.click({ trial: true });
      }
      const clear = `(() => {
        const panel = document.querySelector('section[data-size]').getBoundingClientRect();
        return panel.height < innerHeight * 0.7 && panel.left >= 0 && panel.right <= innerWidth;
      })()`;
      await eventually(page, clear);
      expect(await looksOf(page)).toEqual(GOOD_LOOKS);
      await device(panel, 'Hang up').click();
    }
  });
});
