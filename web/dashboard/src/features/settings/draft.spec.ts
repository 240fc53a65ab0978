import { expect, test } from '@jest/globals';
import { changesOf, draftOf, faultOf, type Draft } from './draft.js';
import type { DeskSettings } from './settings-query.js';

const settings: DeskSettings = {
  ...{ version: 3, name: 'Clearspring', colour: null, logoUrl: null, greetings: { de: 'Guten Tag!' } },
  ...{ expectedReplyMinutes: 20, timeZone: 'Europe/Berlin', configuredOrigins: [], updatedAt: '' },
  hours: [{ weekday: 1, from: '09:00', to: '12:00' }],
  holidays: [{ date: '2026-12-25', name: null }],
  autoCloseDays: 14,
  retentionDays: null,
  widgetOrigins: ['https://a.example', 'https://b.example'],
};
const draft = draftOf(settings);
const with_ = (change: Partial<Draft>): Draft => ({ ...draft, ...change });

test('what nobody has changed is saved as it was loaded', () => {
  const { version, logoUrl, configuredOrigins, updatedAt, ...rest } = settings;
  expect([version, logoUrl, configuredOrigins, updatedAt]).toBeDefined();
  expect(changesOf(draft)).toEqual(rest);
  expect(faultOf(draft)).toBeUndefined();
});

test('blank fields clear what is stored', () => {
  const blank = with_({ name: ' ', reply: '', origins: ' \n', greetings: { ...draft.greetings, de: ' ' } });
  expect(changesOf(blank)).toMatchObject({
    ...{ name: null, expectedReplyMinutes: null, greetings: {}, widgetOrigins: [] },
  });
});

test.each([
  [{ colour: 'red' }, 'colour'],
  [{ autoClose: '0' }, 'autoClose'],
  [{ autoClose: '1e2' }, 'autoClose'],
  [{ retention: '29' }, 'retention'],
  [{ reply: '0' }, 'reply'],
  [{ reply: '10081' }, 'reply'],
  [{ origins: 'https://a.example\ncharity.example' }, 'origins'],
  [{ origins: 'https://*.example' }, 'origins'],
  [{ hours: [{ weekday: 1, from: '12:00', to: '09:00' }] }, 'hours'],
  [
    {
      hours: [
        { weekday: 1, from: '09:00', to: '12:00' },
        { weekday: 1, from: '11:00', to: '13:00' },
      ],
    },
    'hours',
  ],
  [{ holidays: [{ date: '', name: '' }] }, 'holidays'],
  [
    {
      holidays: [
        { date: '2026-12-25', name: '' },
        { date: '2026-12-25', name: 'x' },
      ],
    },
    'holidays',
  ],
])('%j is told before it is sent', (change, at) => {
  expect(faultOf(with_(change))?.at).toBe(at);
});
