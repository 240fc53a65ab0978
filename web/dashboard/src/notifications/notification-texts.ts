import type { NotificationChannel, NotificationGroup } from '../../../../src/contract/notifications.js';

/** Every word of the notification settings. */
export const notificationTexts = {
  title: 'Notifications',
  intro:
    'What you want to hear of, and how. What you are looking at never notifies you, nor what you do yourself.',
  failed: 'Your settings could not be loaded.',
  saved: 'Saved.',
  about: 'About',
  groups: {
    new_ticket: 'A new ticket for my team',
    assigned: 'A ticket is given to me',
    reply: 'A donor writes on my ticket',
    call: 'A donor asks for a call, or a call was missed',
  } satisfies Record<NotificationGroup, string>,
  channels: { push: 'Phone', mail: 'Email', browser: 'Browser' } satisfies Record<
    NotificationChannel,
    string
  >,
  cell: (group: string, channel: string) => `${group}: ${channel}`,
  off: { push: 'Pushes to phones are not set up on this desk.', mail: 'Email is not set up on this desk.' },
  browser: {
    title: 'In this browser',
    explain:
      'While Concierge is open in a tab that is not in front, it can show notifications of your system. Your browser asks for your permission first; you can take it back at any time in its settings.',
    allow: 'Allow notifications',
    allowed: 'This browser shows notifications.',
    denied:
      'This browser blocks notifications from Concierge. Allow them in its site settings, then reload this page.',
    missing: 'This browser has no notifications.',
  },
  quiet: {
    title: 'Quiet hours',
    explain: 'No pushes and no browser notifications between these times. Mail still comes.',
    use: 'Keep quiet hours',
    from: 'From',
    to: 'To',
    zone: 'Time zone',
  },
};
