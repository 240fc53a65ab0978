import { expect, it } from '@jest/globals';
import { Database } from '../../src/platform/database/database.service.js';
import { describeInBrowser } from '../support/browser.js';
import { useDashboard } from './dashboard-desk.js';

describeInBrowser('an address that no email can reach', () => {
  const desk = useDashboard();

  it.each([1280, 375])(
    'is named in the list of people, and can be corrected there (%i px)',
    async (width) => {
      const { cleo, provisionStaff, open, server } = desk();
      const name = `Ute${width}`;
      const person = await provisionStaff(name);
      // As an earlier version has accepted it.
      const data = { email: `"ute ${width}"@charity.example` };
      await server.app.get(Database).user.update({ where: { id: person.id }, data });
      const page = await open(cleo, '/dashboard/people', { width });
      await page.getByRole('searchbox', { name: 'Name, username or email' }).fill(name);
      const warning = page.getByText('This address cannot be emailed. Enter another one.');
      await warning.waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.getByRole('button', { name: `Change ${name}` }).click();
      const drawer = page.getByRole('dialog', { name: `Change ${name}` });
      await drawer.getByLabel('Email').fill(`ute${width}@charity.example`);
      await drawer.getByRole('button', { name: 'Save' }).click();
      await drawer.waitFor({ state: 'detached' });
      await warning.waitFor({ state: 'detached' });
      await page.getByText(`ute${width}@charity.example`).waitFor();
    },
  );
});
