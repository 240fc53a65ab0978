import { expect, it } from '@jest/globals';
import { delegated } from '../factories/delegated-token.factory.js';
import { describeInBrowser, GOOD_LOOKS, looksOf, seriousFaults } from '../support/browser.js';
import { expectRefusal, ok } from '../support/client.js';
import { pathOf, useDashboard } from './dashboard-desk.js';

describeInBrowser('the donor of a ticket on the dashboard', () => {
  const desk = useDashboard();

  it('is shown with what is proven, and a warning beside what is not', async () => {
    const { ada, open, server, ticket } = desk();
    const kim = await delegated(server, { iss: 'https://shop.example' });
    const claimed = await ok(kim.client.post('/tickets', { donorEmail: 'ceo@victim.example' }), 201);
    const page = await open(ada, pathOf(claimed));
    const donor = page.getByRole('region', { name: 'Donor' });
    await donor.getByText('Verified by shop.example').waitFor();
    await donor.getByText(`Not verified. The verified address is ${kim.id}@shop.test`).waitFor();
    expect(await donor.getByText('the donor typed this').count()).toBe(0);
    expect(await seriousFaults(page)).toEqual([]);

    const plain = await ok(kim.client.post('/tickets', { topic: 'Mine' }), 201);
    const second = await open(ada, pathOf(plain));
    await second.getByText('Verified by shop.example').waitFor();
    expect(await second.getByText('Not verified').count()).toBe(0);

    const third = await open(ada, pathOf(await ticket()));
    await third.getByRole('region', { name: 'Donor' }).getByText('Not verified', { exact: true }).waitFor();
  });

  it('is known across tickets: language, local time, and notes that staff keep', async () => {
    const { ada, bo, open, ticket } = desk();
    const opened = await ticket({ context: { locale: 'es', timeZone: 'Pacific/Kiritimati' } });
    const page = await open(ada, pathOf(opened), { faults: [/status of 503/] });
    const failing = `**/api/v1/tickets/${opened.id}/donor`;
    const donor = page.getByRole('region', { name: 'Donor' });
    await donor.getByText(/^Spanish, (\w+ )?\d?\d:\d\d there$/).waitFor();
    await donor.getByText('This is their only ticket.').waitFor();
    expect(await donor.getByText('Pacific/Kiritimati').count()).toBe(0);
    const notes = donor.getByLabel('Notes about this donor');
    expect(await donor.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await notes.fill('x'.repeat(4_002));
    await donor.getByText('2 characters too many').waitFor();
    expect(await donor.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await notes.fill('Prefers the phone.');
    await page.route(failing, (route) => route.fulfill({ status: 503, body: '{}' }));
    await donor.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').waitFor();
    expect(await notes.inputValue()).toBe('Prefers the phone.');
    await page.unroute(failing);
    await donor.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The notes are saved.').waitFor();
    await donor.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });

    const second = await ok(opened.donor.post('/tickets', { subject: 'Again' }), 201);
    const other = await open(bo, pathOf(second));
    const same = other.getByRole('region', { name: 'Donor' });
    await same.getByText('2 tickets in all').waitFor();
    expect(await same.getByLabel('Notes about this donor').inputValue()).toBe('Prefers the phone.');
  });

  it('is signed out on all devices by staff', async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    const page = await open(ada, pathOf(opened));
    await page.getByRole('button', { name: 'Sign the donor out' }).click();
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByText('The donor is signed out on all devices.').waitFor();
    expectRefusal(await opened.donor.get('/tickets'), 401, 'UNAUTHORIZED', '/tickets');
  });

  it('is corrected by staff, who are told what is wrong beside its field', async () => {
    const { ada, open, ticket } = desk();
    const context = { page: 'https://shop.example/give', visits: 3 };
    const opened = await ticket({ donorName: 'Kim', donorEmail: 'typo@example.org', context });
    const page = await open(ada, pathOf(opened), { faults: [/status of 400/] });
    await page.getByRole('button', { name: 'Correct the details' }).click();
    const form = page.getByRole('dialog', { name: 'Correct the details' });
    await form.getByLabel('Email').fill('right@example');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText(/must be an email address/).waitFor();
    await form.getByLabel('Email').fill('right@example.org');
    await form.getByLabel('Name').fill('Kim Lee');
    await form.getByLabel('Page').fill('');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    const donor = page.getByRole('region', { name: 'Donor' });
    await donor.getByText('Kim Lee').waitFor();
    await donor.getByRole('link', { name: 'right@example.org' }).waitFor();
    expect(await ok(ada.get(`/tickets/${opened.id}`))).toMatchObject({
      donorName: 'Kim Lee',
      donorEmail: 'right@example.org',
      context: { visits: 3 },
    });
  });

  it('is left to the team by who owns the ticket', async () => {
    const { ada, bo, open, ticket } = desk();
    const opened = await ticket({ donorName: 'Team' });
    await ok(ada.put(`/tickets/${opened.id}/assign`, {}));
    const page = await open(ada, pathOf(opened));
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Unassign' }).click();
    await page.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    expect(await ok(ada.get(`/tickets/${opened.id}`))).toMatchObject({ adminId: null, status: 'new' });
    await ok(bo.put(`/tickets/${opened.id}/assign`, {}));
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Remind the donor' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Unassign' }).count()).toBe(0);
  });
});
