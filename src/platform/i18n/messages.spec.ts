import { expect, test } from '@jest/globals';
import { message } from './messages.js';

test('says it in the language, with the values in it', () => {
  expect(message('de', 'mail.staff.assigned.intro', { who: 'Ada' })).toBe(
    'Das Ticket von Ada ist jetzt Ihres.',
  );
});

test('leaves markup and braces among the values as they are', () => {
  expect(message('en', 'push.donor.staff_reply', { who: '<b>{x}</b>' })).toBe('<b>{x}</b> answered');
});

test('writes the digits 0 to 9 in Arabic too', () => {
  expect(message('ar', 'mail.link.intro', { minutes: 15 })).toContain('15 دقيقة');
});
