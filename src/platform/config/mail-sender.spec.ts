import { expect, test } from '@jest/globals';
import { parseSender } from './mail-sender.js';

const address = 'care@charity.example';

test.each([
  [address, ''],
  [` ${address} `, ''],
  [`<${address}>`, ''],
  [`Our desk <${address}>`, 'Our desk'],
  [`Care Team, Billing <${address}>`, 'Care Team, Billing'],
  [`"Care Team, Billing" <${address}>`, 'Care Team, Billing'],
  [`"The \\"Blue\\" Desk" <${address}>`, 'The "Blue" Desk'],
  [`Dr. Müller (desk) <${address}>`, 'Dr. Müller (desk)'],
  [`help@charity.example <${address}>`, 'help@charity.example'],
])('reads %s', (text, name) => {
  expect(parseSender(text)).toEqual({ name, address });
});

test.each([
  '',
  'Our desk',
  'Our desk <>',
  'a@charity.example, b@charity.example',
  'A <a@charity.example>, B <b@charity.example>',
  `Our desk\r\nBcc: all@charity.example <${address}>`,
  `<<${address}>>`,
  `Our desk <${address}> and more`,
  '<'.repeat(100_000),
])('takes %j for no sender', (text) => {
  expect(parseSender(text)).toBeUndefined();
});
