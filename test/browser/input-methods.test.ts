import { expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { DonorPage } from '../support/donor-page.js';
import { line, pathOf, say, useDashboard } from './dashboard-desk.js';

type Press = Readonly<{ key: string; keyCode: number; isComposing?: boolean }>;

/** How browsers tell of a key that an input method takes: most while it composes, Safari after it has. */
const TAKEN: readonly Omit<Press, 'key'>[] = [
  { keyCode: 13, isComposing: true },
  { keyCode: 229, isComposing: false },
];

/** A key that an input method has taken for itself. */
async function take(field: Locator, key: string): Promise<void> {
  for (const how of TAKEN) {
    await field.evaluate(
      (node: { dispatchEvent(event: unknown): void }, press) => {
        const page = globalThis as unknown as { KeyboardEvent: new (type: string, init: object) => unknown };
        node.dispatchEvent(
          new page.KeyboardEvent('keydown', { ...press, bubbles: true, cancelable: true, composed: true }),
        );
      },
      { key, ...how },
    );
  }
}

/** A composition as Chromium makes it: the text under way, and then its end by Enter. */
async function compose(page: Page, field: Locator, text: string): Promise<void> {
  await field.focus();
  const devtools = await page.context().newCDPSession(page);
  const at = text.length;
  await devtools.send('Input.imeSetComposition', { text, selectionStart: at, selectionEnd: at });
  await devtools.send('Input.dispatchKeyEvent', {
    type: 'keyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  });
  await devtools.send('Input.insertText', { text });
}

describeInBrowser('keys that an input method takes', () => {
  const desk = useDashboard();

  it('send nothing from the fields of a ticket, close nothing and add nothing', async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    const page = await open(ada, pathOf(opened));
    const reply = page.getByRole('textbox', { name: 'Write to the donor' });
    await compose(page, reply, 'にほん');
    await take(reply, 'Enter');
    expect(await reply.inputValue()).toBe('にほん');
    // The list of reply templates is not chosen from, nor closed.
    await reply.fill('/');
    const list = page.getByRole('listbox');
    await list.waitFor();
    for (const key of ['ArrowDown', 'Enter', 'Tab', 'Escape']) await take(reply, key);
    expect(await reply.inputValue()).toBe('/');
    expect(await list.getByRole('option').first().getAttribute('aria-selected')).toBe('true');
    await reply.fill('');
    const tags = page.getByRole('combobox', { name: 'Tags' });
    await tags.fill('きふ');
    await take(tags, 'Enter');
    expect(await tags.inputValue()).toBe('きふ');
    await say(page, 'こんにちは');
    await line(page, 'こんにちは').hover();
    await page.getByRole('button', { name: 'Change this message' }).click();
    await page.getByRole('menuitem', { name: 'Edit message' }).click();
    const edit = page.getByRole('textbox', { name: 'Edit message' });
    await take(edit, 'Escape');
    expect(await edit.inputValue()).toBe('こんにちは');
    await edit.press('Escape');
    await edit.waitFor({ state: 'detached' });
    const messages = await ok(ada.get(`/tickets/${opened.id}/messages`));
    expect(messages.filter(({ messageType }: { messageType: string }) => messageType === 'text')).toEqual([
      expect.objectContaining({ content: 'こんにちは' }),
    ]);
  });

  it('add no skill and close no dialog', async () => {
    const { bo, cleo, open } = desk();
    const page = await open(cleo, '/dashboard/people');
    await page.getByRole('button', { name: `Change ${bo.name}` }).click();
    const skill = page.getByRole('textbox', { name: 'Skill' });
    await skill.fill('かいけい');
    await take(skill, 'Enter');
    await take(skill, 'Escape');
    expect(await skill.inputValue()).toBe('かいけい');
    await skill.press('Enter');
    await page.getByText('かいけい').waitFor();
  });

  it('send nothing from the widget, and do not close it', async () => {
    const { server, browser } = desk();
    const donor = await DonorPage.visit(browser, `${server.url}/demo`);
    await donor.open();
    await donor.start();
    await compose(donor.page, donor.composer, 'にほん');
    for (const key of ['Enter', 'Escape']) await take(donor.composer, key);
    expect(await donor.composer.inputValue()).toBe('にほん');
    await donor.composer.press('Enter');
    await donor.log.locator('.line:has-text("にほん") .tick.check').waitFor();
    expect(await donor.bubbles()).toEqual(['Where is my receipt?', 'にほん']);
  });
});
