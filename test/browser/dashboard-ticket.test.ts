import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { describeInBrowser } from '../support/browser.js';
import { ok } from '../support/client.js';
import { SocketPerson } from '../realtime/socket-person.js';
import { line, pathOf, say, useDashboard } from './dashboard-desk.js';

describeInBrowser('a ticket on the dashboard', () => {
  const desk = useDashboard();

  /** A donor who listens, as the widget does. */
  async function listener(ticket: { id: string; created: { donorToken: string } }): Promise<SocketPerson> {
    const donor = new SocketPerson(desk().server.url, ticket.created.donorToken);
    await donor.must('join_ticket', { ticketId: ticket.id });
    return donor;
  }

  it('chats both ways, with typing and read ticks', async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket({ description: 'Where is my receipt?' });
    const donor = await listener(opened);
    const page = await open(ada, pathOf(opened));
    await page.getByText('Where is my receipt?').waitFor();

    await page.getByRole('textbox', { name: 'Write to the donor' }).pressSequentially('Hel');
    await donor.next('ticket:typing', ({ isTyping }) => isTyping === true);
    await say(page, 'Hello Dora, I am looking.');
    const sent = await donor.next('message', ({ content }) => content === 'Hello Dora, I am looking.');
    await line(page, 'Hello Dora, I am looking.').waitFor();

    await donor.must('message:read', { ticketId: opened.id, upToSeq: sent.seq });
    await page.getByRole('img', { name: 'Read', exact: true }).waitFor();
    await donor.must('ticket:typing', { ticketId: opened.id, isTyping: true });
    await page.getByText('Dora is typing…').waitFor();
    await donor.must('message:send', {
      ticketId: opened.id,
      content: 'Thank you!',
      clientMessageId: 'thanks-1',
    });
    await line(page, 'Thank you!').waitFor();
    await donor.next('messages:read', ({ senderType }) => senderType === 'donor');
    donor.socket.disconnect();
  });

  it('keeps a note among staff', async () => {
    const { ada, bo, open, ticket } = desk();
    const opened = await ticket();
    const donor = await listener(opened);
    const page = await open(ada, pathOf(opened));
    const other = await open(bo, pathOf(opened));
    await page.getByText('Note', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Write a note for staff' }).fill('She called twice.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await line(other, 'She called twice.').waitFor();
    // One note, and what is written next is for the donor.
    await say(page, 'Back in a minute.');
    await donor.next('message', ({ content }) => content === 'Back in a minute.');
    expect(JSON.stringify(donor.received)).not.toContain('She called twice.');
    donor.socket.disconnect();
  });

  it('shows who else is looking', async () => {
    const { ada, bo, open, ticket } = desk();
    const opened = await ticket();
    const page = await open(ada, pathOf(opened));
    const other = await open(bo, pathOf(opened));
    await page.getByRole('img', { name: 'Also looking at this: Bo' }).waitFor();
    await other.getByRole('link', { name: 'Board' }).click();
    await page.getByRole('img', { name: 'Also looking at this: Bo' }).waitFor({ state: 'detached' });
  });

  it("edits and deletes one's own message", async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    const page = await open(ada, pathOf(opened));
    await say(page, 'First version');
    await line(page, 'First version').hover();
    await page.getByRole('button', { name: 'Change this message' }).click();
    await page.getByRole('menuitem', { name: 'Edit message' }).click();
    await page.getByRole('textbox', { name: 'Edit message' }).fill('Second version');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await line(page, 'Second version').waitFor();
    await page.getByText('· edited').waitFor();
    await line(page, 'Second version').hover();
    await page.getByRole('button', { name: 'Change this message' }).click();
    await page.getByRole('menuitem', { name: 'Delete message' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete message' }).click();
    await page.getByText('This message was deleted.').waitFor();
    expect(await page.getByText('Second version').count()).toBe(0);
  });

  it('hands over with a note, and the heir can accept', async () => {
    const { ada, bo, open, ticket } = desk();
    const opened = await ticket();
    await ok(ada.put(`/tickets/${opened.id}/assign`));
    const page = await open(ada, pathOf(opened));
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Transfer' }).click();
    const dialog = page.getByRole('dialog', { name: 'Transfer this ticket' });
    await dialog.getByRole('combobox', { name: 'To' }).fill('Bo');
    await page.getByRole('option', { name: /^Bo ·/ }).click();
    await dialog.getByRole('textbox', { name: 'What should they know?' }).fill('She prefers mail.');
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Transfer history' }).getByText('She prefers mail.').waitFor();
    expect((await ok(ada.get(`/tickets/${opened.id}`))).adminId).toBe(bo.id);

    const heir = await open(bo, pathOf(opened));
    await heir.getByRole('button', { name: 'Accept', exact: true }).click();
    await heir.getByText('In progress', { exact: true }).waitFor();
  });

  it('resolves, and takes it back', async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    await ok(ada.put(`/tickets/${opened.id}/assign`));
    const page = await open(ada, pathOf(opened));
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Resolve' }).waitFor();
    expect((await ok(ada.get(`/tickets/${opened.id}`))).status).toBe('pending');
  });

  it('asks a super admin before it deletes, offers that to nobody else, and tells anyone who looks that the ticket is gone', async () => {
    const { bo, cleo, open, ticket } = desk();
    const opened = await ticket();
    const page = await open(cleo, pathOf(opened));
    const other = await open(bo, pathOf(opened));
    await other.getByRole('log').waitFor();
    await other.getByRole('button', { name: 'More actions' }).click();
    await other.getByRole('menuitem', { name: 'Cancel' }).first().waitFor();
    expect(await other.getByRole('menuitem', { name: 'Delete permanently' }).count()).toBe(0);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete permanently' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete permanently' }).click();
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    await other.getByRole('heading', { name: 'Nothing here' }).waitFor();
  });

  it('changes priority, category and tags, for everybody who looks', async () => {
    const { ada, bo, open, ticket } = desk();
    const opened = await ticket();
    const page = await open(ada, pathOf(opened));
    const other = await open(bo, pathOf(opened));
    await page.getByRole('combobox', { name: 'Priority' }).click();
    await page.getByRole('option', { name: 'Urgent' }).click();
    await other.locator('#content').getByText('Urgent', { exact: true }).first().waitFor();
    await page
      .getByRole('combobox', { name: 'Tags' })
      .or(page.getByRole('textbox', { name: 'Tags' }))
      .first()
      .fill('vip');
    await page.keyboard.press('Enter');
    await other.getByText('vip', { exact: true }).waitFor();
    expect(await ok(ada.get(`/tickets/${opened.id}`))).toMatchObject({ priority: 'urgent', tags: ['vip'] });
  });

  it('sends what was written while offline when it is back, once', async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    const page = await open(ada, pathOf(opened));
    await say(page, 'Before the tunnel');
    await line(page, 'Before the tunnel').waitFor();
    await page.context().setOffline(true);
    await page.getByText('You have been offline since').waitFor();
    await say(page, 'In the tunnel');
    await line(page, 'In the tunnel').waitFor();
    await page
      .getByText(/^(Sending…|Not sent\.)/)
      .first()
      .waitFor();
    await page.context().setOffline(false);
    await page.locator('[data-message]').getByText('In the tunnel').waitFor();
    await page.getByText('You have been offline since').waitFor({ state: 'detached' });
    const { body } = await ada.get(`/tickets/${opened.id}/messages`);
    expect(body.filter(({ content }: { content: string }) => content === 'In the tunnel')).toHaveLength(1);
  });

  it('gives up what the server refuses only when told so', async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    await ok(ada.put(`/tickets/${opened.id}/assign`));
    const page = await open(ada, pathOf(opened), { faults: [/status of 409/] });
    await page.getByRole('textbox', { name: 'Write to the donor' }).waitFor();
    // Closed in between: held back from this page, so that it still lets one write.
    await page.context().setOffline(true);
    await page.getByText('You have been offline since').waitFor();
    await say(page, 'Too late');
    await line(page, 'Too late').waitFor();
    await ok(ada.put(`/tickets/${opened.id}/close`));
    await page.context().setOffline(false);
    await page.getByText('Not sent.').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Too late').waitFor({ state: 'detached' });
    await page.getByText('This ticket is closed.').first().waitFor();
  });

  it('hands out the conversation as a file, without notes, and says when it cannot be mailed', async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    await ok(ada.post(`/tickets/${opened.id}/messages`, { content: 'Said <b>aloud</b>' }), 201);
    await ok(ada.post(`/tickets/${opened.id}/notes`, { content: 'Said among us' }), 201);
    const page = await open(ada, pathOf(opened), { faults: [/status of 409/] });
    const choose = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    const arriving = page.waitForEvent('download');
    await choose('Download the conversation');
    const file = await arriving;
    expect(file.suggestedFilename()).toBe(`${opened.created.number}.html`);
    const html = await readFile(await file.path(), 'utf8');
    expect(html).toContain('Said &lt;b&gt;aloud&lt;/b&gt;');
    expect(html).not.toContain('Said among us');
    await choose('Email the conversation to the donor');
    await page.getByRole('alert').getByText('Email is not set up on this desk.').waitFor();
  });

  it("inserts reply templates with a slash, and saves one's own", async () => {
    const { ada, open, ticket } = desk();
    const opened = await ticket();
    const page = await open(ada, pathOf(opened));
    const field = page.getByRole('textbox', { name: 'Write to the donor' });
    await field.fill('/ref');
    await page.getByRole('option', { name: /\/refund/ }).waitFor();
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toMatch(/^We have asked the bank/);
    await field.fill('Warm regards from the whole team');
    await page.getByRole('button', { name: 'Reply templates' }).click();
    await page.getByRole('textbox', { name: 'Save as reply template' }).fill('regards');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await field.fill('/reg');
    await page.keyboard.press('Enter');
    expect(await field.inputValue()).toBe('Warm regards from the whole team');
  });

  it('keeps an unsent text with its ticket', async () => {
    const { ada, open, ticket } = desk();
    const [one, other] = [await ticket(), await ticket()];
    const page = await open(ada, pathOf(one));
    const field = page.getByRole('textbox', { name: 'Write to the donor' });
    await field.fill('Not yet finished');
    await page.goto(desk().server.url + pathOf(other));
    await field.waitFor();
    expect(await field.inputValue()).toBe('');
    await page.goto(desk().server.url + pathOf(one));
    await field.waitFor();
    expect(await field.inputValue()).toBe('Not yet finished');
  });
});
