import type account from '../../../i18n/en/dashboard/account.json';
import type activity from '../../../i18n/en/dashboard/activity.json';
import type call from '../../../i18n/en/dashboard/call.json';
import type core from '../../../i18n/en/dashboard/core.json';
import type errors from '../../../i18n/en/dashboard/errors.json';
import type firstSteps from '../../../i18n/en/dashboard/first-steps.json';
import type list from '../../../i18n/en/dashboard/list.json';
import type login from '../../../i18n/en/dashboard/login.json';
import type notifications from '../../../i18n/en/dashboard/notifications.json';
import type passwordLink from '../../../i18n/en/dashboard/password-link.json';
import type people from '../../../i18n/en/dashboard/people.json';
import type settings from '../../../i18n/en/dashboard/settings.json';
import type shortcuts from '../../../i18n/en/dashboard/shortcuts.json';
import type signIns from '../../../i18n/en/dashboard/sign-ins.json';
import type ticket from '../../../i18n/en/dashboard/ticket.json';
import type unread from '../../../i18n/en/dashboard/unread.json';
import type { Message } from '../../../i18n/format.js';
import type { Locale } from '../../../shared/locale.js';

/** One part of the dashboard each, loaded with it; `core` is on every page. */
interface Catalogues {
  account: typeof account;
  activity: typeof activity;
  call: typeof call;
  core: typeof core;
  errors: typeof errors;
  'first-steps': typeof firstSteps;
  list: typeof list;
  login: typeof login;
  notifications: typeof notifications;
  'password-link': typeof passwordLink;
  people: typeof people;
  settings: typeof settings;
  shortcuts: typeof shortcuts;
  'sign-ins': typeof signIns;
  ticket: typeof ticket;
  unread: typeof unread;
}

export type Namespace = keyof Catalogues;

/** The namespace, a dot, and the key in its catalogue. */
export type MessageKey = { [N in Namespace]: `${N}.${keyof Catalogues[N] & string}` }[Namespace];

export type Catalogue = Readonly<Record<string, Message>>;

/** Read by Vite: a function, so that tests outside of it can load this file. */
const files = () => import.meta.glob<{ default: Catalogue }>('../../../i18n/*/dashboard/*.json');

/** The messages of one part in one language. */
export async function fetchCatalogue(locale: Locale, namespace: Namespace): Promise<Catalogue> {
  const load = files()[`../../../i18n/${locale}/dashboard/${namespace}.json`];
  if (load === undefined) throw new Error(`There is no catalogue ${namespace} in ${locale}.`);
  return (await load()).default;
}
