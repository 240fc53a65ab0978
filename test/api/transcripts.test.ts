import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { httpRequest } from '../support/http.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const HOSTILE = '<script>alert(1)</script> & \u001b[31mred';

async function conversation() {
  const ticket = await createTicket(desk.server, {
    donorName: '<b>Grace</b>',
    subject: HOSTILE,
    description: HOSTILE,
  });
  const at = `/tickets/${ticket.id}`;
  await ok(ticket.donor.post(`${at}/messages`, { content: HOSTILE }), 201);
  await ok(desk.admin.post(`${at}/notes`, { content: 'between us' }), 201);
  const gone = await ok(desk.admin.post(`${at}/messages`, { content: 'a slip' }), 201);
  await ok(desk.admin.delete(`${at}/messages/${gone.id}`));
  await ok(desk.admin.post(`${at}/messages`, { content: 'the answer' }), 201);
  const { authorization = '' } = ticket.donor.headers;
  const read = async (format: string) => {
    const url = `${desk.server.url}/api/v1${at}/transcript?format=${format}`;
    const answer = await httpRequest(url, { headers: { authorization } });
    return { headers: answer.headers, text: await answer.text() };
  };
  return { ticket, at, read };
}

test('a transcript has what both said, and neither notes nor what was deleted', async () => {
  const { ticket, at } = await conversation();
  const asDonor = await ok(ticket.donor.get(`${at}/transcript?format=json`));
  expect(await ok(desk.colleague.get(`${at}/transcript?format=json`))).toEqual(asDonor);
  const said = asDonor.lines.filter(({ from }: { from: string }) => from !== 'system');
  expect(said.map(({ by, text }: { by: string; text: string }) => [by, text])).toEqual([
    ['<b>Grace</b>', '<script>alert(1)</script> & [31mred'],
    ['Ada', 'the answer'],
  ]);
});

test('a hostile text is harmless in every format, and every format is a file to keep', async () => {
  const { ticket, read } = await conversation();
  for (const format of ['txt', 'html', 'json']) {
    const { headers, text } = await read(format);
    const name = `${ticket.created.number}.${format}`;
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(text).not.toContain('between us');
    expect(text).toContain('the answer');
  }
  const [html, txt] = [await read('html'), await read('txt')];
  expect(html.text).not.toMatch(/<script|<b>Grace/);
  expect(html.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; ');
  expect(txt.text).toContain('<script>alert(1)</script> & [31mred');
  expect(txt.headers.get('content-type')).toBe('text/plain; charset=utf-8');
});

test('holds nothing that a terminal acts on, and keeps names, line ends and directions', async () => {
  const ticket = await createTicket(desk.server, {
    ...{ donorName: 'שרה', subject: 'a \u202egnp.exe', description: 'one\r\ntwo\tthree\rfour\u0085five' },
  });
  const at = `/tickets/${ticket.id}`;
  await ok(ticket.donor.post(`${at}/messages`, { content: 'x\u0007\u001b[31my\u009bz\u007f\r\nnext' }), 201);
  const { authorization = '' } = ticket.donor.headers;
  for (const format of ['txt', 'html', 'json']) {
    const url = `${desk.server.url}/api/v1${at}/transcript?format=${format}`;
    const text = await (await httpRequest(url, { headers: { authorization } })).text();
    expect({ format, found: /[^\P{Cc}\n\t]/u.exec(text) }).toEqual({ format, found: null });
    for (const kept of ['שרה', 'a \u202egnp.exe', 'x[31myz']) expect(text).toContain(kept);
    if (format === 'txt') expect(text).toContain('one\ntwo\tthree\nfour\nfive');
    if (format === 'html') expect(text).toContain('one<br>two\tthree<br>four<br>five');
  }
});

test('only the three formats there are', async () => {
  const { ticket, at } = await conversation();
  expectRefusal(await ticket.donor.get(`${at}/transcript?format=exe`), 400, 'BAD_REQUEST');
});
