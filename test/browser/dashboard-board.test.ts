import { expect, it } from '@jest/globals';
import { postMessage } from '../factories/message.factory.js';
import { describeInBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { until } from '../support/ticket-viewer.js';
import { pathOf, useDashboard } from './dashboard-desk.js';

describeInBrowser('the board', () => {
  const desk = useDashboard();

  it('shows a new ticket without a reload, and moves it when somebody takes it', async () => {
    const { ada, bo, open, ticket } = desk();
    const page = await open(ada);
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    const { id } = await ticket({ donorName: 'Live Lena', subject: 'Just now' });
    await page.getByRole('region', { name: 'New' }).getByText('Live Lena').waitFor();
    await ok(ada.put(`/tickets/${id}/assign`));
    await page.getByRole('region', { name: 'In progress' }).getByText('Live Lena').waitFor();
    await ok(ada.put(`/tickets/${id}/resolve`));
    await page.getByText('Live Lena').waitFor({ state: 'detached' });
    expect(bo.name).toBe('Bo');
  });

  it('follows what happens from its events, and loads nothing for it', async () => {
    const { open, provisionStaff, ticket } = desk();
    const mia = await provisionStaff('Mia');
    const page = await open(mia);
    // Not the loads of the page that `open` has shown.
    const { origin } = new URL(page.url());
    await page.goto('about:blank');
    const loads: string[] = [];
    page.on('requestfinished', (request) => {
      const { pathname } = new URL(request.url());
      if (/\/(tickets|call-requests)\b/.test(pathname)) loads.push(pathname.replace('/api/v1/', ''));
    });
    const shown = async (column: string, ...texts: string[]): Promise<void> => {
      const card = page.getByRole('region', { name: column }).getByRole('link').filter({ hasText: texts[0] });
      for (const text of texts) await card.getByText(text).waitFor();
    };
    await page.goto(`${origin}/dashboard`);
    // When its socket has joined the page loads all once more, and from then on hears everything.
    for (const list of ['tickets/dashboard', 'tickets', 'call-requests'])
      await until(
        () => loads.filter((load) => load === list).length >= 2,
        () => loads,
      );
    loads.length = 0;

    const { id, donor } = await ticket({ donorName: 'Eventful Eve', subject: 'Without a reload' });
    await shown('New', 'Eventful Eve', 'Without a reload');
    await ok(mia.patch(`/tickets/${id}`, { priority: 'urgent', subject: 'Another subject' }));
    await shown('New', 'Eventful Eve', 'Urgent', 'Another subject');
    await ok(mia.put(`/tickets/${id}/assign`));
    await shown('In progress', 'Eventful Eve');
    await page.getByRole('region', { name: 'In progress' }).getByTitle('Mia').waitFor();
    for (let round = 1; round <= 3; round++) {
      await postMessage(mia, id);
      await shown('Waiting for donor', 'Eventful Eve');
      await postMessage(donor, id);
      await shown('In progress', 'Eventful Eve');
    }
    await ok(donor.put(`/tickets/${id}/callback`, { phone: '+49 30 1234567' }));
    await shown('In progress', 'Eventful Eve', 'Call back by');
    const asked = { mode: 'audio', message: 'Please ring' };
    const request = await ok(donor.post(`/tickets/${id}/call-requests`, asked), 201);
    const card = page.getByRole('article', { name: 'Eventful Eve' });
    await card.getByText('Another subject').waitFor();
    await card.getByText('Please ring').waitFor();
    await ok(donor.delete(`/call-requests/${request.id}`));
    await card.waitFor({ state: 'detached' });
    await ok(mia.put(`/tickets/${id}/resolve`));
    const column = page.getByRole('region', { name: 'In progress' });
    await column.getByText('Eventful Eve').waitFor({ state: 'detached' });
    const { events } = await ok(mia.get(`/tickets/${id}/events`));
    expect(events.length).toBeGreaterThanOrEqual(20);
    expect(loads).toEqual([]);
  });

  it('shows first who waits longest at the highest urgency, and moves a card on a live reply', async () => {
    const { open, provisionStaff, ticket } = desk();
    const nora = await provisionStaff('Nora');
    await ticket({ donorName: 'Queue: third' });
    const first = await ticket({ donorName: 'Queue: first', priority: 'urgent' });
    await ticket({ donorName: 'Queue: second', priority: 'urgent' });
    const page = await open(nora);
    const cards = (column: string) =>
      page.getByRole('region', { name: column }).getByRole('link').filter({ hasText: 'Queue: ' });
    const inOrder = async (column: string, ...names: string[]): Promise<void> => {
      for (const [place, name] of names.entries())
        await cards(column)
          .nth(place)
          .filter({ hasText: `Queue: ${name}` })
          .waitFor();
      await cards(column).nth(names.length).waitFor({ state: 'detached' });
    };
    await inOrder('New', 'first', 'second', 'third');
    await cards('New').filter({ hasText: 'waiting' }).nth(2).waitFor();
    await postMessage(nora, first.id);
    await inOrder('Waiting for donor', 'first');
    await inOrder('New', 'second', 'third');
    await postMessage(first.donor, first.id);
    await inOrder('In progress', 'first');
    await ticket({ donorName: 'Queue: late but urgent', priority: 'urgent' });
    await inOrder('New', 'second', 'late', 'third');
    await page.getByRole('switch', { name: 'Mine' }).click();
    await cards('New').first().waitFor({ state: 'detached' });
    await inOrder('In progress', 'first');
    await page.getByRole('link', { name: 'All tickets' }).click();
    const rows = page.getByRole('row').filter({ hasText: 'Queue: ' });
    await rows.nth(3).waitFor();
    expect(await rows.first().innerText()).toContain('Queue: second');
    await page
      .getByRole('textbox', { name: 'Sort' })
      .or(page.getByRole('combobox', { name: 'Sort' }))
      .first()
      .click();
    await page.getByRole('option', { name: 'Newest' }).click();
    await rows.first().filter({ hasText: 'Queue: late' }).waitFor();
  });

  it('shows at once what somebody had who leaves', async () => {
    const { ada, cleo, open, ticket } = desk();
    const leaver = await ok(cleo.post('/users', { username: 'lea', name: 'Lea Leaving' }), 201);
    const { id } = await ticket({ donorName: 'Left Lotta', subject: 'Left behind' });
    await ok(cleo.put(`/tickets/${id}/assign`, { adminId: leaver.id }));
    const board = await open(ada);
    await board.getByRole('heading', { name: 'Board' }).waitFor();
    expect(await board.getByText('Left Lotta').count()).toBe(0);
    const people = await open(cleo, '/dashboard/people');
    await people.getByRole('button', { name: 'Change Lea Leaving' }).click();
    await people.getByRole('button', { name: 'Deactivate', exact: true }).click();
    const dialog = people.getByRole('dialog', { name: 'Deactivate' });
    await dialog.getByText('Their open ticket goes back to the team.').waitFor();
    await dialog.getByRole('button', { name: 'Deactivate' }).click();
    await board.getByRole('region', { name: 'New' }).getByText('Left Lotta').click();
    await board.getByRole('button', { name: 'Accept', exact: true }).click();
    await board.getByText('You accepted this ticket.').waitFor();
    expect(await ok(ada.get(`/tickets/${id}`))).toMatchObject({ adminId: ada.id, status: 'pending' });
  });

  it('shows a second admin that the ticket is already assigned', async () => {
    const { ada, bo, open, ticket } = desk();
    const { id } = await ticket({ subject: 'Who is first' });
    const [first, second] = [await open(ada, pathOf({ id })), await open(bo, pathOf({ id }))];
    const accept = second.getByRole('button', { name: 'Accept', exact: true });
    await accept.waitFor();
    await first.getByRole('button', { name: 'Accept', exact: true }).click();
    await accept.waitFor({ state: 'detached' });
    await second.getByText('Ada is now helping the donor.').waitFor();
  });

  it('names the owner when both press at the same moment', async () => {
    const { ada, bo, open, ticket } = desk();
    const { id } = await ticket({ subject: 'A tie' });
    const page = await open(bo, pathOf({ id }), { faults: [/status of 409/] });
    await page.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    // What arrives live is held back, so that the button is still there when it is too late.
    await page.route('**/assign', async (route) => {
      await ok(ada.put(`/tickets/${id}/assign`));
      await route.continue();
    });
    await page.getByRole('button', { name: 'Accept', exact: true }).click();
    await page.getByText('Ada has already taken this ticket.').waitFor();
    await page.getByRole('button', { name: 'Accept', exact: true }).waitFor({ state: 'detached' });
  });

  it('says that it cannot load, and loads when asked again', async () => {
    const { ada, open, ticket } = desk();
    await ticket({ donorName: 'Early Edda' });
    const page = await open(ada, '/dashboard/tickets', { faults: [/status of 503/] });
    await page.getByText('Early Edda').waitFor();
    // A page that connects only later loads its lists again by itself: this one hears of what is new.
    await ticket({ donorName: 'Live Lena' });
    await page.getByText('Live Lena').waitFor();
    await page.route('**/tickets/dashboard', (route) =>
      route.fulfill({ status: 503, json: { error: 'SERVICE_UNAVAILABLE', message: 'Back in a minute.' } }),
    );
    await page.getByRole('link', { name: 'Board' }).click();
    await page.getByRole('alert').getByText('The server is busy or restarting.').waitFor();
    await page.unroute('**/tickets/dashboard');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('region', { name: 'New' }).waitFor();
  });

  it('shows one column at a time on a phone', async () => {
    const { ada, open, ticket } = desk();
    await ticket({ donorName: 'Phone Paula' });
    const page = await open(ada, '/dashboard', { width: 375 });
    await page.getByText('Phone Paula').waitFor();
    await page.getByText(/^In progress \(/).click();
    await page.getByText('Phone Paula').waitFor({ state: 'detached' });
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('tells when it is offline, and catches up', async () => {
    const { ada, open, ticket } = desk();
    const page = await open(ada);
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    await page.context().setOffline(true);
    await page.evaluate("window.dispatchEvent(new Event('offline'))");
    await page.getByText('You have been offline since').waitFor();
    await ticket({ donorName: 'Missed Mia' });
    await page.context().setOffline(false);
    await page.getByText('Missed Mia').waitFor();
    await page.getByText('You have been offline since').waitFor({ state: 'detached' });
  });
});
