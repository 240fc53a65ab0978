import { expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describeInBrowser, GOOD_LOOKS, looksOf, seriousFaults } from '../support/browser.js';
import { ok } from '../support/client.js';
import { signInAt, useDashboard, type Colleague } from './dashboard-desk.js';

const STILL = { reducedMotion: 'reduce' } as const;
const LOOKS = [
  { ...STILL, width: 1280 },
  { ...STILL, width: 375 },
] as const;
/** What the console says of an answer that a test asks for. */
const REFUSED = /Failed to load resource: the server responded with a status of (400|401|403|409|415)/;

const PEOPLE = '/dashboard/people';
const ACCOUNT = '/dashboard/account';

const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

describeInBrowser('people in the dashboard', () => {
  const desk = useDashboard();

  /** Somebody whom a super admin has just added. */
  async function colleague(name: string, fields: Record<string, unknown> = {}): Promise<Colleague> {
    const username = `${name.toLowerCase().replaceAll(' ', '-')}-${Math.random().toString(36).slice(2, 8)}`;
    const password = `${username} likes tall lanterns`;
    const made = await ok(desk().cleo.post('/users', { username, name, password, ...fields }), 201);
    return { id: made.id, name, username, password } as Colleague;
  }

  it('adds a person, whose password is shown once and opens the door', async () => {
    const { browser, cleo, open, server } = desk();
    const page = await open(cleo, PEOPLE);
    await button(page, 'Add a person').click();
    await page.getByLabel('Name', { exact: true }).fill('Nora New');
    await dialog(page, 'Add a person').getByLabel('Username').fill('nora');
    await button(page, 'Add').click();
    const shown = page.getByRole('group', { name: 'Password of nora' });
    const password = (await shown.textContent()) ?? '';
    expect(password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    await button(page, 'Done').click();
    await shown.waitFor({ state: 'detached' });
    await button(page, 'Change Nora New').waitFor();
    await page.reload();
    await button(page, 'Change Nora New').waitFor();
    expect(await page.content()).not.toContain(password);

    const other = await browser.page();
    await other.goto(`${server.url}/dashboard`);
    await signInAt(other, { username: 'nora', password } as Colleague, 'text=Choose your own password');
    expect(await seriousFaults(other)).toEqual([]);
    await other.getByLabel('New password').fill('seven lanterns over Porto');
    await button(other, 'Change password').click();
    await other.getByRole('heading', { name: 'Board' }).waitFor();
    await other.getByRole('link', { name: 'All tickets' }).waitFor();
    expect(await other.getByRole('link', { name: 'People' }).count()).toBe(0);
    expect(await other.getByRole('link', { name: 'Activity' }).count()).toBe(0);
    await other.goto(server.url + PEOPLE);
    await other.getByRole('heading', { name: 'Nothing here' }).waitFor();
  });

  it('changes role, team, capacity and skills; says what is wrong beside the field', async () => {
    const { cleo, open } = desk();
    const person = await colleague('Emil Edit');
    const page = await open(cleo, PEOPLE, { faults: [REFUSED] });
    await page.getByRole('searchbox', { name: 'Name, username or email' }).fill('emil');
    await button(page, 'Change Emil Edit').click();
    const drawer = dialog(page, 'Change Emil Edit');
    await drawer.getByLabel('Email').fill('cleo@staff.test');
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.getByText('This is taken. Choose another.').waitFor();
    await drawer.getByLabel('Email').fill('emil@example.org');
    await drawer.getByLabel('Most open tickets').fill('7');
    await drawer.getByRole('combobox', { name: 'Team' }).click();
    await page.getByRole('option', { name: 'Technical' }).click();
    await drawer.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Super admin' }).click();
    await drawer.getByRole('textbox', { name: 'Skill' }).fill('Refunds');
    await page.keyboard.press('Enter');
    await drawer.getByRole('radio', { name: '3' }).focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Space']) await page.keyboard.press(key);
    await drawer.getByRole('button', { name: 'Save' }).click();
    await drawer.waitFor({ state: 'detached' });
    await page.getByText('0 of 7').waitFor();
    expect(await ok(cleo.get(`/users/${person.id}`))).toMatchObject({
      ...{ email: 'emil@example.org', role: 'SUPER_ADMIN', team: 'TECHNICAL', capacity: 7 },
      skills: [{ skill: 'Refunds', proficiency: 5 }],
    });
  });

  it('deactivates after asking, finds the deactivated, lets them in again; not oneself', async () => {
    const { browser, cleo, open, server } = desk();
    const person = await colleague('Dora Done');
    const theirs = await browser.page();
    await theirs.goto(`${server.url}/dashboard`);
    await signInAt(theirs, person);
    const page = await open(cleo, PEOPLE);
    await button(page, 'Change Dora Done').click();
    await button(page, 'Deactivate').click();
    await dialog(page, 'Deactivate').getByRole('button', { name: 'Deactivate' }).click();
    await page.getByText('Dora Done can no longer sign in.').waitFor();
    await theirs.getByText('Your session has ended.', { exact: false }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Deactivated', { exact: true }).first().click();
    await button(page, 'Change Dora Done').click();
    await button(page, 'Let in again').click();
    await page.getByText('Dora Done can sign in again.').waitFor();
    expect((await ok(cleo.get(`/users/${person.id}`))).isActive).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByText('Active', { exact: true }).click();
    await button(page, 'Change Cleo').click();
    await dialog(page, 'Change Cleo').getByText('Another super admin can change your role.').waitFor();
    expect(await button(page, 'Deactivate').count()).toBe(0);
    expect(await button(page, 'Give a new password').count()).toBe(0);
  });

  it('gives a new password, and the activity page tells of it', async () => {
    const { cleo, open } = desk();
    const person = await colleague('Paula Password');
    const page = await open(cleo, PEOPLE);
    await button(page, 'Change Paula Password').click();
    await button(page, 'Give a new password').click();
    await dialog(page, 'Give a new password').getByRole('button', { name: 'Give a new password' }).click();
    const shown = page.getByRole('group', { name: `Password of ${person.username}` });
    expect(await shown.textContent()).not.toBe(person.password);
    await button(page, 'Done').click();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Activity' }).click();
    const log = page.getByRole('list', { name: 'Activity' });
    await log.getByText('Cleo gave a new password to Paula Password').waitFor();
    await page.getByRole('combobox', { name: 'What' }).click();
    await page.getByRole('option', { name: 'Signing in' }).click();
    await log.getByText('Cleo signed in').first().waitFor();
    await log.getByText('gave a new password to').waitFor({ state: 'detached' });
    await button(page, 'Clear').click();
    await page.getByRole('textbox', { name: 'Until' }).fill('2020-01-01');
    await page.getByText('Nothing matches. Try fewer filters.').waitFor();
  });

  it('pages through the activity', async () => {
    const { cleo, open } = desk();
    const person = await colleague('Many Changes');
    for (let n = 1; n <= 60; n++) await ok(cleo.patch(`/users/${person.id}`, { capacity: n }));
    const page = await open(cleo, '/dashboard/activity');
    const lines = page.getByRole('list', { name: 'Activity' }).getByRole('listitem');
    await lines.first().waitFor();
    expect(await lines.count()).toBe(50);
    await button(page, 'Load more').click();
    await lines.nth(60).waitFor();
  });

  it('one’s own account: name, picture and password', async () => {
    const { browser, open, server } = desk();
    const person = await colleague('Otto Own');
    const page = await open(person, '/dashboard', { faults: [REFUSED] });
    await page.getByRole('button', { name: 'Otto Own, Available' }).click();
    await page.getByRole('menuitem', { name: 'My account' }).click();
    await page.getByRole('heading', { name: 'My account' }).waitFor();

    const profile = page.getByRole('region', { name: 'Profile' });
    await profile.getByLabel('Name', { exact: true }).fill('Otto Anders');
    await profile.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Otto Anders, Available' }).waitFor();

    const picture = page.getByRole('region', { name: 'Picture' });
    const red = { create: { width: 400, height: 300, channels: 3, background: '#a33' } } as const;
    const buffer = await sharp(red).png().toBuffer();
    const choose = (file: { name: string; mimeType: string; buffer: Buffer }) =>
      picture.locator('input[type=file]').setInputFiles(file);
    await choose({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('<html>') });
    await button(page, 'Use this picture').click();
    await picture.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.getByText('Choose a picture: PNG, JPEG, GIF, WEBP.').waitFor();
    await picture.getByRole('button', { name: 'Cancel' }).click();
    await choose({ name: 'me.png', mimeType: 'image/png', buffer });
    await picture.getByRole('img', { name: 'Preview of your new picture' }).waitFor();
    await button(page, 'Use this picture').click();
    const shown = picture.getByRole('img', { name: 'Picture of Otto Anders' });
    await shown.waitFor();
    expect(await shown.getAttribute('src')).toMatch(/^http:.*\/api\/v1\/avatars\/[\w-]{22}\.webp$/);
    await button(page, 'Remove').click();
    await button(page, 'Remove').waitFor({ state: 'detached' });

    const password = page.getByRole('region', { name: 'Password' });
    await password.getByLabel('Current password').fill(person.password);
    await password.getByLabel('New password').fill('four words make sense');
    await password.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed.', { exact: false }).waitFor();
    // This page goes on, with its socket and with its refresh cookie.
    await page.reload();
    await page.getByRole('heading', { name: 'My account' }).waitFor();
    const again = await browser.page();
    await again.goto(`${server.url}/dashboard`);
    await signInAt(again, { ...person, password: 'four words make sense' } as Colleague);
  });

  it('a second factor: set up, asked for at the door, used up, turned off', async () => {
    const { browser, open, server } = desk();
    const person = await colleague('Sami Second');
    const page = await open(person, ACCOUNT, { faults: [REFUSED] });
    const section = page.getByRole('region', { name: 'Second factor' });
    await section.getByRole('button', { name: 'Set up' }).click();
    await section.getByLabel('Your password').fill(person.password);
    await section.getByRole('button', { name: 'Continue' }).click();
    await section.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    const secret = ((await section.getByRole('code').textContent()) ?? '').replaceAll(' ', '');
    await section.getByLabel('Code', { exact: true }).fill('000000');
    await section.getByRole('button', { name: 'Turn on' }).click();
    await section.getByText('This is not the code that your app shows now.').waitFor();
    await section.getByLabel('Code', { exact: true }).fill(codeOf(secret, -1));
    await section.getByRole('button', { name: 'Turn on' }).click();
    const codes = section.getByRole('group', { name: 'Recovery codes' }).locator('p');
    await codes.nth(9).waitFor();
    const [recovery = ''] = await codes.allTextContents();
    await section.getByRole('button', { name: 'I have kept them' }).click();
    await section.getByText('On', { exact: true }).waitFor();

    const door = await browser.page();
    await door.goto(`${server.url}/dashboard`);
    await door.getByLabel('Username').fill(person.username);
    await door.getByLabel('Password', { exact: true }).fill(person.password);
    await button(door, 'Sign in').click();
    await door.getByRole('heading', { name: 'One more step' }).waitFor();
    await door.getByLabel('Code').fill('123456');
    await button(door, 'Continue').click();
    await door.getByText('This code is not right', { exact: false }).waitFor();
    await door.getByLabel('Code').fill(codeOf(secret));
    await button(door, 'Continue').click();
    await door.getByRole('heading', { name: 'Board' }).waitFor();

    await section.getByRole('button', { name: 'Turn off' }).click();
    const leave = dialog(page, 'Turn off your second factor');
    await leave.getByLabel('Your password').fill(person.password);
    await leave.getByLabel('Code of the app, or a recovery code').fill(recovery);
    await leave.getByRole('button', { name: 'Turn off' }).click();
    await section.getByRole('button', { name: 'Set up' }).waitFor();
  });

  it.each(LOOKS)('has no serious fault on any of these pages ($width px, light and dark)', async (look) => {
    const { cleo, open, server } = desk();
    await colleague(`With A Rather Long Name ${look.width}`, {
      email: `a.rather.long.mail.address.${look.width}@charity.example`,
    });
    const page = await open(cleo, PEOPLE, look);
    await button(page, 'Change Cleo').waitFor();
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await button(page, 'Change Ada').click();
    await dialog(page, 'Change Ada').getByLabel('Most open tickets').waitFor();
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
    await page.keyboard.press('Escape');
    await dialog(page, 'Change Ada').waitFor({ state: 'detached' });
    await button(page, 'Add a person').click();
    await dialog(page, 'Add a person').getByLabel('Username').waitFor();
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);

    await page.goto(`${server.url}/dashboard/activity`);
    await page.getByRole('list', { name: 'Activity' }).waitFor();
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);

    await page.goto(server.url + ACCOUNT);
    const section = page.getByRole('region', { name: 'Second factor' });
    await section.getByRole('button', { name: 'Set up' }).click();
    await section.getByLabel('Your password').fill(cleo.password);
    await section.getByRole('button', { name: 'Continue' }).click();
    await section.getByLabel('Code', { exact: true }).waitFor();
    expect(await looksOf(page)).toEqual(GOOD_LOOKS);
  });
});

describeInBrowser('a role that needs a second factor', () => {
  const desk = useDashboard({ totpRequiredRoles: ['SUPER_ADMIN'] });

  it('sets one up before anything else, also after a reload', async () => {
    const { browser, cleo, server } = desk();
    const page = await browser.page({ reducedMotion: 'reduce' });
    await page.goto(`${server.url}${PEOPLE}`);
    await page.getByLabel('Username').fill(cleo.username);
    await page.getByLabel('Password', { exact: true }).fill(cleo.password);
    await button(page, 'Sign in').click();
    await page.getByRole('heading', { name: 'Set up your second factor' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.reload();
    await page.getByLabel('Your password').fill(cleo.password);
    await button(page, 'Continue').click();
    const secret = ((await page.getByRole('code').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
    await button(page, 'Turn on').click();
    await button(page, 'I have kept them').click();
    await button(page, 'Change Cleo').waitFor();
  });
});
