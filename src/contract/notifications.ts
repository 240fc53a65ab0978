/** What staff can be notified of, as they see it in their settings. */
export const NOTIFICATION_GROUPS = ['new_ticket', 'assigned', 'reply', 'call'] as const;
export type NotificationGroup = (typeof NOTIFICATION_GROUPS)[number];

export const NOTIFICATION_CHANNELS = ['push', 'mail', 'browser'] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

export type NotificationChoices = Record<NotificationGroup, Record<NotificationChannel, boolean>>;

/** Mail only for what waits; a new ticket is everybody's and nobody's, so it sends none. */
export const DEFAULT_CHOICES: NotificationChoices = {
  new_ticket: { push: true, mail: false, browser: true },
  assigned: { push: true, mail: true, browser: true },
  reply: { push: true, mail: true, browser: true },
  call: { push: true, mail: true, browser: true },
};

/** What has a soft sound of its own in the dashboard. */
export const NOTIFICATION_SOUNDS = ['new_ticket', 'reply'] as const;
export type NotificationSound = (typeof NOTIFICATION_SOUNDS)[number];
export type SoundChoices = Record<NotificationSound, boolean>;

export const DEFAULT_SOUNDS: SoundChoices = { new_ticket: true, reply: true };

/** No pushes and no browser notifications between two times of day; `from` after `to` goes over midnight. */
export interface QuietHours {
  /** `HH:MM` */
  from: string;
  to: string;
  /** IANA name such as `Europe/Berlin`. */
  timeZone: string;
}

/** Whether `at` falls into the quiet hours, in their own time zone. */
export function isQuiet(quiet: QuietHours | null, at: Date): boolean {
  if (quiet === null) return false;
  const now = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: quiet.timeZone,
  }).format(at);
  const { from, to } = quiet;
  return from <= to ? from <= now && now < to : from <= now || now < to;
}
