import { expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInBrowser, GOOD_LOOKS, looksOf } from '../support/browser.js';
import { ok } from '../support/client.js';
import { until } from '../support/job-nodes.js';
import { eventually, signInAt, useDashboard, type Colleague } from './dashboard-desk.js';

const STILL = { reducedMotion: 'reduce' } as const;
const LOOKS = [
  { ...STILL, width: 1280 },
  { ...STILL, width: 375 },
] as const;

const ACCOUNT = '/dashboard/account';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 ' +
  'Mobile/15E148 Safari/604.1';
/** What the console says of an answer that a test asks for. */
const REFUSED = /status of (401|404|503)/;

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });
/** The texts of the list, line by line. */
const linesOf = (section: Locator) => section.getByRole('listitem').allTextContents();

describeInBrowser('where staff are signed in', () => {
  const desk = useDashboard();

  const ownList = (page: Page) => page.getByRole('region', { name: 'Where you are signed in' });

  /** Somebody's dashboard on a phone of the same person. */
  const phoneOf = (person: Colleague) =>
    desk().open(person, '/dashboard', { userAgent: PHONE, faults: [REFUSED] });

  const endedOf = async (person: Colleague): Promise<unknown[]> => {
    const { cleo } = desk();
    const entries: { action: string; actor: { id: number }; person: { id: number } }[] = await ok(
      cleo.get(`/audit-log?actor=${person.id}`),
    );
    return entries
      .filter(({ action }) => action.includes('session'))
      .map(({ action, actor, person: { id } }) => [action, actor.id, id]);
  };

  it('is listed on the account page, and ends there one by one, by keyboard as well', async () => {
    const { provisionStaff, open } = desk();
    const nora = await provisionStaff('Nora');
    const phone = await phoneOf(nora);
    const page = await open(nora, ACCOUNT);
    const section = ownList(page);
    const theirs = section.getByRole('listitem').filter({ hasText: 'Safari on iPhone' });
    await theirs.getByText('127.0.0.1').waitFor();
    await theirs.getByText('Last used now').waitFor();
    expect((await linesOf(section)).map((text) => text.includes('This device'))).toEqual([
      true,
      false,
      false,
    ]);

    const end = theirs.getByRole('button', { name: 'End Safari on iPhone' });
    await end.focus();
    await page.keyboard.press('Enter');
    const question = dialog(page, 'Sign out Safari on iPhone');
    await question.getByText('change your password as well').waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(await linesOf(section)).toHaveLength(3);
    // The keyboard is given back a moment after the question has gone.
    await until(() => end.evaluate((element) => element.matches(':focus')));
    await page.keyboard.press('Enter');
    // As the keyboard comes into it a moment after the question has come.
    const cancel = question.getByRole('button', { name: 'Cancel' });
    await until(() => cancel.evaluate((element) => element.matches(':focus')));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Safari on iPhone is signed out.').waitFor();
    await theirs.waitFor({ state: 'detached' });
    await eventually(
      page,
      `document.activeElement?.closest('[aria-label="Where you are signed in"]') != null`,
    );
    await phone.getByText('Your session has ended.', { exact: false }).first().waitFor();
    await page.reload();
    await section.getByText('This device').waitFor();
    expect(await linesOf(section)).toHaveLength(2);
    expect(await endedOf(nora)).toEqual([['auth.session_ended', nora.id, nora.id]]);
  });

  it('ends everywhere else at once, and this device stays', async () => {
    const { provisionStaff, open } = desk();
    const nils = await provisionStaff('Nils');
    const phone = await phoneOf(nils);
    const page = await open(nils, ACCOUNT);
    const section = ownList(page);
    await section.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await dialog(page, 'Sign out everywhere else').getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Everywhere else you are signed out.').waitFor();
    await phone.getByText('Your session has ended.', { exact: false }).first().waitFor();
    await section.getByRole('button', { name: 'Sign out everywhere else' }).waitFor({ state: 'detached' });
    expect(await linesOf(section)).toEqual([expect.stringContaining('This device')]);
    await page.reload();
    await section.getByText('This device').waitFor();
    expect(await endedOf(nils)).toEqual([['auth.other_sessions_ended', nils.id, nils.id]]);
  });

  it('ends on this device too, which is then at the door', async () => {
    const { provisionStaff, open } = desk();
    const nina = await provisionStaff('Nina');
    const page = await open(nina, ACCOUNT, { faults: [REFUSED] });
    const here = ownList(page).getByRole('listitem').filter({ hasText: 'This device' });
    await here.getByRole('button', { name: /^End / }).click();
    await page.getByText('You are signed out here and need your password to come back.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    await eventually(page, `location.pathname === '/dashboard'`);
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
    expect(await endedOf(nina)).toEqual([['auth.session_ended', nina.id, nina.id]]);
  });

  it('is shown to a super admin with the person, and ends there', async () => {
    const { cleo, provisionStaff, open } = desk();
    const nick = await provisionStaff('Nick');
    const phone = await phoneOf(nick);
    const page = await open(cleo, '/dashboard/people');
    await page.getByRole('button', { name: 'Change Nick' }).click();
    const section = page.getByRole('region', { name: 'Where Nick is signed in' });
    await section.getByRole('button', { name: 'End Safari on iPhone' }).click();
    await dialog(page, 'Sign out Safari on iPhone').getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Safari on iPhone is signed out.').waitFor();
    await phone.getByText('Your session has ended.', { exact: false }).first().waitFor();
    await section.getByRole('button', { name: 'End node' }).click();
    await dialog(page, 'Sign out node').getByRole('button', { name: 'Sign out' }).click();
    await section.getByText('Nick is not signed in anywhere.').waitFor();
    expect(await section.getByText('This device').count()).toBe(0);
    expect(await endedOf(nick)).toEqual([
      ['user.session_ended', cleo.id, nick.id],
      ['user.session_ended', cleo.id, nick.id],
    ]);
    await page.goto(`${desk().server.url}/dashboard/activity`);
    const log = page.getByRole('list', { name: 'Activity' });
    await log.getByText('Cleo signed out a device of Nick (Safari on iPhone)').waitFor();
  });

  it('says when it cannot be loaded, and when one has ended already', async () => {
    const { provisionStaff, open, server } = desk();
    const nell = await provisionStaff('Nell');
    const page = await open(nell, '/dashboard', { faults: [REFUSED] });
    await page.route('**/auth/sessions', (route) =>
      route.fulfill({
        status: 503,
        json: { error: 'SERVICE_UNAVAILABLE', message: 'The database is unavailable.' },
      }),
    );
    await page.goto(server.url + ACCOUNT);
    const section = ownList(page);
    await section.getByText('Where you are signed in could not be loaded.').waitFor();
    await section.getByText('The server is busy or restarting.', { exact: false }).waitFor();
    await page.unroute('**/auth/sessions');
    await section.getByRole('button', { name: 'Try again' }).click();
    await section.getByRole('button', { name: 'End node' }).waitFor();
    await ok(nell.delete('/auth/sessions/' + (await ownIdOf(nell))), 204);
    await section.getByRole('button', { name: 'End node' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('This no longer exists', { exact: false }).waitFor();
    await section.getByRole('button', { name: 'End node' }).waitFor({ state: 'detached' });
  });

  it('shows the five used last of many, and all of them when asked', async () => {
    const { browser, provisionStaff, open, server } = desk();
    const nora = await provisionStaff('Many Devices');
    for (let n = 0; n < 5; n++) {
      const other = await browser.page({ userAgent: PHONE });
      await other.goto(`${server.url}/dashboard`);
      await signInAt(other, nora);
      await other.close();
    }
    const page = await open(nora, ACCOUNT);
    const section = ownList(page);
    await section.getByRole('button', { name: 'Show all 7' }).waitFor();
    expect(await linesOf(section)).toHaveLength(5);
    await section.getByRole('button', { name: 'Show all 7' }).click();
    expect(await linesOf(section)).toHaveLength(7);
  });

  it.each(LOOKS)('has no serious fault ($width px, light and dark)', async (look) => {
    const { cleo, provisionStaff, open } = desk();
    const name = `Neo ${look.width}`;
    const neo = await provisionStaff(name.replaceAll(' ', ''));
    await phoneOf(neo);
    const page = await open(neo, ACCOUNT, look);
    await ownList(page).getByRole('button', { name: 'End Safari on iPhone' }).waitFor();
    expect({ own: await looksOf(page) }).toEqual({ own: GOOD_LOOKS });
    await ownList(page).getByRole('button', { name: 'End Safari on iPhone' }).click();
    await dialog(page, 'Sign out Safari on iPhone').getByRole('button', { name: 'Cancel' }).waitFor();
    expect({ question: await looksOf(page) }).toEqual({ question: GOOD_LOOKS });
    const theirs = await open(cleo, '/dashboard/people', look);
    await theirs.getByRole('button', { name: `Change ${neo.name}` }).click();
    await theirs.getByRole('button', { name: 'End Safari on iPhone' }).waitFor();
    expect({ theirs: await looksOf(theirs) }).toEqual({ theirs: GOOD_LOOKS });
  });
});

/** The session that a colleague's own client holds. */
async function ownIdOf(person: Colleague): Promise<string> {
  const sessions: { id: string; current: boolean }[] = await ok(person.get('/auth/sessions'));
  return sessions.find(({ current }) => current)?.id ?? '';
}
