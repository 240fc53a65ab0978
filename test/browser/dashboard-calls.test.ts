import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { TicketFixture } from '../factories/ticket.factory.js';
import { describeInBrowser, GOOD_LOOKS, isPlaying, looksOf } from '../support/browser.js';
import { videoConfig } from '../support/app.js';
import { ok } from '../support/client.js';
import { eventually, useDashboard } from './dashboard-desk.js';

describeInBrowser('calls on the dashboard', () => {
  const desk = useDashboard();

  const ring = (page: Page, name: string) =>
    page.getByRole('region', { name: 'Incoming call' }).getByRole('article', { name });
  const isRinging = async (page: Page, name: string) => (await ring(page, name).count()) > 0;

  /** A donor who asks for a call and waits. */
  async function asks(donorName: string, mode = 'video'): Promise<TicketFixture & { requestId: string }> {
    const ticket = await desk().ticket({ donorName, subject: 'Please call' });
    const request = await ok(ticket.donor.post(`/tickets/${ticket.id}/call-requests`, { mode }), 201);
    return { ...ticket, requestId: request.id };
  }

  /** The donor's side of the open call, in a browser of its own. */
  async function donorJoins(ticket: TicketFixture): Promise<Page> {
    const { browser, server } = desk();
    const { activeCallId } = await ok(ticket.donor.get(`/tickets/${ticket.id}`));
    const { roomName, token } = await ok(ticket.donor.post(`/calls/${activeCallId}/join`));
    const page = await browser.page();
    await page.goto(`${server.url}/call/${roomName}#token=${token}`);
    await page.getByRole('button', { name: 'Join the call' }).click();
    return page;
  }

  it('ring, are taken, show both sides moving, go on over pages, and end', async () => {
    const { ada, open } = desk();
    const page = await open(ada);
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    const ticket = await asks('Vera');
    await ring(page, 'Vera').getByText('Vera asks for a video call').waitFor();
    await eventually(page, "document.title === 'Vera asks for a video call'");
    await ring(page, 'Vera').getByRole('button', { name: 'Accept' }).click();
    await page.waitForURL(`**/tickets/${ticket.id}`);
    const panel = page.getByRole('region', { name: 'Call', exact: true });
    await panel.getByText('Waiting for the donor…').waitFor();

    const donor = await donorJoins(ticket);
    await panel.getByText('Connected').waitFor();
    expect(await isPlaying(page, panel.getByLabel('Video of Vera'))).toBe(true);
    expect(await isPlaying(donor, donor.locator('.remote video'))).toBe(true);
    expect(await isPlaying(page, panel.getByLabel('You'))).toBe(true);

    const microphone = panel.getByRole('button', { name: 'Microphone' });
    const camera = panel.getByRole('button', { name: 'Camera' });
    await microphone.click();
    await donor.getByLabel('Ada has the microphone off').waitFor();
    await camera.click();
    await donor.locator('.remote video.dark').waitFor({ state: 'attached' });
    for (const device of [microphone, camera])
      expect(await device.getAttribute('aria-pressed')).toBe('false');
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await camera.click();
    await page.getByRole('link', { name: 'Board' }).click();
    await page.getByRole('region', { name: 'On a call' }).getByText('Vera').waitFor();
    expect(await isPlaying(page, panel.getByLabel('Video of Vera'))).toBe(true);

    await panel.getByRole('button', { name: 'Hang up' }).click();
    await donor.getByText('The call has ended').waitFor();
    await panel.waitFor({ state: 'detached' });
    expect((await ok(ada.get(`/tickets/${ticket.id}`))).status).toBe('pending');
  });

  it.each([
    ['callType on POST /tickets', (donorName: string) => desk().ticket({ donorName, callType: 'video' })],
    [
      'POST /calls by a donor',
      async (donorName: string) => {
        const ticket = await desk().ticket({ donorName });
        const body = { ticketId: ticket.id, callType: 'video', initiatedBy: 'donor' };
        await ok(ticket.donor.post('/calls', body), 201);
        return ticket;
      },
    ],
  ] as const)('asked for by %s ring too, and one click on each side connects them', async (door, through) => {
    const { ada, open } = desk();
    const page = await open(ada);
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    const name = `Jo ${door.length}`;
    const ticket = await through(name);
    await ring(page, name).getByRole('button', { name: 'Accept' }).click();
    const donor = await donorJoins(ticket);
    const panel = page.getByRole('region', { name: 'Call', exact: true });
    await panel.getByText('Connected').waitFor();
    expect(await isPlaying(donor, donor.locator('.remote video'))).toBe(true);
    await panel.getByRole('button', { name: 'Hang up' }).click();
    await panel.waitFor({ state: 'detached' });
  });

  it('come back after a reload as they were, in this tab alone, and not once they are over', async () => {
    const { ada, open } = desk();
    const page = await open(ada);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    const ticket = await asks('Rosa');
    await ring(page, 'Rosa').getByRole('button', { name: 'Accept' }).click();
    const panel = page.getByRole('region', { name: 'Call', exact: true });
    await panel.getByText('Waiting for the donor…').waitFor();
    const donor = await donorJoins(ticket);
    await panel.getByText('Connected').waitFor();
    await panel.getByRole('button', { name: 'Microphone' }).click();
    await donor.getByLabel('Ada has the microphone off').waitFor();
    const kept = await page.evaluate<string>(`sessionStorage.getItem('concierge:call')`);

    await page.reload();
    await panel.getByText('Connected').waitFor();
    expect(await isPlaying(page, panel.getByLabel('Video of Rosa'))).toBe(true);
    expect(await panel.getByRole('button', { name: 'Microphone' }).getAttribute('aria-pressed')).toBe(
      'false',
    );
    await donor.getByLabel('Ada has the microphone off').waitFor();
    expect(await isPlaying(donor, donor.locator('.remote video'))).toBe(true);

    // A copy of the tab has what the tab has kept.
    const copy = await page.context().newPage();
    await copy.addInitScript(`sessionStorage.setItem('concierge:call', ${JSON.stringify(kept)})`);
    await copy.goto(page.url());
    await copy.getByRole('status').getByText('A call is open on this ticket.').waitFor();
    await eventually(copy, `sessionStorage.getItem('concierge:call') === null`);
    expect(await copy.getByRole('region', { name: 'Call', exact: true }).count()).toBe(0);
    await copy.close();

    await donor.getByRole('button', { name: 'Hang up' }).click();
    await panel.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('log').waitFor();
    expect(await page.evaluate(`sessionStorage.getItem('concierge:call')`)).toBeNull();
    expect(await panel.count()).toBe(0);
  });

  it('end here when the donor hangs up', async () => {
    const { ada, open } = desk();
    const page = await open(ada);
    const ticket = await asks('Hanna', 'audio');
    await ring(page, 'Hanna').getByRole('button', { name: 'Accept' }).click();
    const panel = page.getByRole('region', { name: 'Call', exact: true });
    await panel.getByText('Waiting for the donor…').waitFor();
    const donor = await donorJoins(ticket);
    await panel.getByText('Connected').waitFor();
    await donor.getByRole('button', { name: 'Hang up' }).click();
    await panel.getByText('The call has ended.').waitFor();
    await panel.waitFor({ state: 'detached' });
  });

  it('ring again after a reload, several at once, and can be left to others', async () => {
    const { ada, bo, open } = desk();
    const [page, other] = [await open(ada), await open(bo)];
    const first = await asks('Rita', 'audio');
    const second = await asks('Sven');
    await ring(page, 'Rita').waitFor();
    await ring(page, 'Sven').waitFor();
    await page.reload();
    await ring(page, 'Rita').waitFor();
    await ring(page, 'Rita').getByRole('button', { name: 'Ignore' }).click();
    await ring(page, 'Rita').waitFor({ state: 'detached' });
    expect(await isRinging(page, 'Sven')).toBe(true);
    expect(await isRinging(other, 'Rita')).toBe(true);
    await ok(bo.post(`/call-requests/${first.requestId}/reject`));
    await ok(bo.post(`/call-requests/${second.requestId}/reject`));
    await ring(page, 'Sven').waitFor({ state: 'detached' });
  });

  it('tell who has taken them', async () => {
    const { ada, bo, open } = desk();
    const [page, other] = [await open(ada), await open(bo)];
    await asks('Tamar', 'audio');
    await ring(page, 'Tamar').waitFor();
    await ring(other, 'Tamar').getByRole('button', { name: 'Accept' }).click();
    await page.getByText('Bo has taken the call.').waitFor();
    await ring(page, 'Tamar').waitFor({ state: 'detached' });
    await other.getByRole('button', { name: 'Hang up' }).click();
  });

  it('say so when someone else has just accepted', async () => {
    const { ada, bo, open } = desk();
    const page = await open(ada, '/dashboard', { faults: [/status of 409/] });
    const ticket = await asks('Uma', 'audio');
    await ring(page, 'Uma').waitFor();
    await page.route('**/accept', async (route) => {
      await ok(bo.post(`/call-requests/${ticket.requestId}/accept`));
      await route.continue();
    });
    await ring(page, 'Uma').getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('alert').getByText(/Bo/).first().waitFor();
    await ring(page, 'Uma').waitFor({ state: 'detached' });
  });

  it('are declined, and the donor is told', async () => {
    const { ada, open } = desk();
    const page = await open(ada);
    const ticket = await asks('Dana');
    await ring(page, 'Dana').getByRole('button', { name: 'Decline' }).click();
    await ring(page, 'Dana').waitFor({ state: 'detached' });
    const [request] = await ok(ticket.donor.get(`/tickets/${ticket.id}/call-requests`));
    expect(request.status).toBe('REJECTED');
  });

  it('stop ringing when the donor gives up', async () => {
    const { ada, open } = desk();
    const page = await open(ada);
    const ticket = await asks('Gita');
    await ring(page, 'Gita').waitFor();
    await ok(ticket.donor.delete(`/call-requests/${ticket.requestId}`));
    await page.getByText('The donor has hung up.').waitFor();
    await ring(page, 'Gita').waitFor({ state: 'detached' });
  });

  it('can be started by staff, and joined by a colleague who comes later', async () => {
    const { ada, bo, open, ticket } = desk();
    const opened = await ticket({ donorName: 'Wanda' });
    const page = await open(ada, `/dashboard/tickets/${opened.id}`);
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Video call' }).click();
    const panel = page.getByRole('region', { name: 'Call', exact: true });
    await panel.getByRole('button', { name: 'Call now' }).click();
    await panel.getByText('Waiting for the donor…').waitFor();
    const other = await open(bo, `/dashboard/tickets/${opened.id}`);
    await other.getByRole('button', { name: 'Join', exact: true }).click();
    await other.getByRole('button', { name: 'Join now' }).click();
    await panel.getByText('Connected').waitFor();
    await panel.getByRole('button', { name: 'Hang up' }).click();
    await other.getByText('The call has ended.', { exact: true }).waitFor();
  });
});

describeInBrowser('calls that nobody takes', () => {
  const desk = useDashboard({
    video: videoConfig({
      provider: 'direct',
      dailyApiUrl: 'http://127.0.0.1:1/v1',
      callRequestTtl: 4,
    }),
  });

  it('become missed calls', async () => {
    const { ada, open, ticket } = desk();
    const page = await open(ada);
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    const { id, donor } = await ticket({ donorName: 'Ivo' });
    await ok(donor.post(`/tickets/${id}/call-requests`, { mode: 'audio' }), 201);
    await page.getByRole('article', { name: 'Ivo' }).waitFor();
    await page.getByText('Missed call').waitFor();
    await page.getByRole('article', { name: 'Ivo' }).waitFor({ state: 'detached' });
  });
});
