import { expect, it } from '@jest/globals';
import { delegated } from '../factories/delegated-token.factory.js';
import { describeInBrowser, seriousFaults } from '../support/browser.js';
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

  it('is signed out on all devices by staff', async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    const page = await open(ada, pathOf(opened));
    await page.getByRole('button', { name: 'Sign the donor out' }).click();
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByText('The donor is signed out on all devices.').waitFor();
    expectRefusal(await opened.donor.get('/tickets'), 401, 'UNAUTHORIZED', '/tickets');
  });
});
