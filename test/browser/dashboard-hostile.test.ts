import { expect, it } from '@jest/globals';
import { describeInBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { line, pathOf, useDashboard } from './dashboard-desk.js';

const MARKUP = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>{{7*7}}';
const LINK = 'javascript:window.owned=1';

describeInBrowser('hostile texts on the dashboard', () => {
  const desk = useDashboard();

  it('are shown as texts wherever a donor or a colleague can put them', async () => {
    const { ada, bo, open, ticket } = desk();
    const opened = await ticket({
      donorName: `Name ${MARKUP}`.slice(0, 120),
      subject: `Subject ${MARKUP}`,
      description: `Description ${MARKUP}`,
      context: { page: LINK, [`key ${MARKUP}`.slice(0, 60)]: `Context ${MARKUP}` },
    });
    const at = `/tickets/${opened.id}`;
    await ok(opened.donor.post(`${at}/messages`, { content: `Message ${MARKUP} ${LINK}` }), 201);
    await ok(ada.put(`${at}/assign`));
    await ok(ada.post(`${at}/notes`, { content: `Note ${MARKUP}` }), 201);
    await ok(ada.patch(at, { tags: [`Tag ${MARKUP}`.slice(0, 50)] }));
    await ok(ada.post(`${at}/transfer`, { toAdminId: bo.id, transferNotes: `Transfer ${MARKUP}` }));
    await ok(ada.put(`${at}/resolve`));
    await ok(opened.donor.post(`${at}/rating`, { rating: 1, comment: `Rating ${MARKUP}` }), 201).catch(() =>
      ok(opened.donor.post(`${at}/rating`, { rating: 1, comment: `Rating ${MARKUP}` })),
    );

    const page = await open(bo, pathOf(opened));
    await line(page, `Message ${MARKUP} ${LINK}`).waitFor();
    for (const field of ['Subject', 'Note', 'Transfer', 'Rating', 'Context'])
      await page.getByText(`${field} ${MARKUP}`).first().waitFor();
    await page.getByText(`Description ${MARKUP}`).waitFor();
    await page.goto(`${desk().server.url}/dashboard/tickets?q=Subject`);
    await page.getByText(`Subject ${MARKUP}`).first().waitFor();
    await page.goto(`${desk().server.url}/dashboard`);
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    expect(await page.evaluate<unknown>('window.owned')).toBeUndefined();
    expect(await page.locator('a[href^="javascript:"], #content img[src="x"]').count()).toBe(0);
  });

  it('are shown as texts when they ring', async () => {
    const { ada, open, ticket } = desk();
    const page = await open(ada);
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    const { id, donor } = await ticket({ donorName: '<b>Eve</b>', subject: MARKUP });
    await ok(donor.post(`/tickets/${id}/call-requests`, { mode: 'audio', message: `Call ${MARKUP}` }), 201);
    await page.getByText('<b>Eve</b> asks for an audio call', { exact: true }).last().waitFor();
    await page.getByText(`Call ${MARKUP}`).waitFor();
    expect(await page.evaluate<unknown>('window.owned')).toBeUndefined();
  });

  it('in the address do nothing', async () => {
    const { ada, open } = desk();
    const address = `/dashboard/tickets?q=${encodeURIComponent(`${MARKUP} nowhere`)}&owner=${LINK}`;
    const page = await open(ada, address, { faults: [/status of 400/] });
    await page.getByText('No ticket matches.').waitFor();
    await page.goto(`${desk().server.url}/dashboard/tickets/${encodeURIComponent('<script>')}`);
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    await page.goto(`${desk().server.url}/dashboard/nowhere`);
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    expect(await page.evaluate<unknown>('window.owned')).toBeUndefined();
  });
});
