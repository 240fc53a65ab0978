/** A notification of the system about a ticket, as a push or an open page of the dashboard shows it. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  /** One that is shown takes the place of the one before that has its tag. */
  readonly tag: string;
  /** Two of one tag with the same key are about the same thing. */
  readonly key: string;
  readonly ticketId: string;
  /** Stays until somebody looks. */
  readonly rings: boolean;
}

/** What a notification keeps for the click on it. */
export interface NoticeData {
  readonly key: string;
  readonly ticketId: string;
}

/** TypeScript leaves out what not every browser has. */
type Options = NotificationOptions & { renotify?: boolean };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

export function dataOf({ data }: Notification): Partial<NoticeData> {
  if (!isObject(data)) return {};
  const { key, ticketId } = data;
  return { ...(typeof key === 'string' && { key }), ...(typeof ticketId === 'string' && { ticketId }) };
}

/**
 * Shows a notification once, whether a push or a page is the first to know: the second makes no sound, and where `again` is not asked
 * for it changes nothing. A push has to show something each time, or the browser ends the subscription.
 */
export async function showNotice(
  registration: ServiceWorkerRegistration,
  { title, body, tag, key, ticketId, rings }: Notice,
  { again = false, silent = false } = {},
): Promise<void> {
  const before = await registration.getNotifications({ tag });
  const isShown = before.some((notice) => dataOf(notice).key === key);
  if (isShown && !again) return;
  const isSilent = silent || isShown;
  const icons = registration.scope.replace(/\/$/, '');
  const options: Options = {
    body,
    tag,
    dir: 'auto',
    icon: `${icons}/icons/192.png`,
    badge: `${icons}/icons/badge.png`,
    data: { key, ticketId } satisfies NoticeData,
    requireInteraction: rings,
    ...(isSilent ? { silent: true } : { renotify: before.length > 0 }),
  };
  await registration.showNotification(title, options);
}

/** Takes away what is shown under a tag; with a key, only what is about that. */
export async function closeNotices(
  registration: ServiceWorkerRegistration,
  tag: string,
  key?: string,
): Promise<void> {
  for (const notice of await registration.getNotifications({ tag }))
    if (key === undefined || dataOf(notice).key === key) notice.close();
}
