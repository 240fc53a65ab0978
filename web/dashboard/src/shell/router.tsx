import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { DESK_URL } from '../../../shared/desk-url.js';
import { lazy, type ComponentType } from 'react';
import { BoardPage } from '../features/board/board-page.js';
import type { Namespace } from '../i18n/catalogues.js';
import { useLocale, withWords } from '../i18n/language.js';
import { readSearch } from '../data/lists/list-search.js';
import { Loading, NotFound, PageFailed } from '../ui/feedback.js';
import { Shell } from './shell.js';

/**
 * A page that is loaded with its words when somebody goes there. Not the router's `lazyRouteComponent`, which loads the whole page
 * again where the code is missing, even without a server and during a call: storage/lost-parts.ts decides that.
 */
function page(load: () => Promise<ComponentType>, ...namespaces: readonly Namespace[]) {
  let loaded: Promise<{ default: ComponentType }> | undefined;
  const once = (): Promise<{ default: ComponentType }> =>
    (loaded ??= withWords(load(), ...namespaces).then((Page) => ({ default: spoken(Page) })));
  const preload = async (): Promise<void> => {
    await once();
  };
  return Object.assign(lazy(once), { preload });
}

/** Draws the page again when the language changes; the router would keep what it has drawn. */
function spoken(Page: ComponentType) {
  return function Spoken() {
    useLocale();
    return <Page />;
  };
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const board = createRoute({ getParentRoute: () => root, path: '/', component: spoken(BoardPage) });
const tickets = createRoute({
  getParentRoute: () => root,
  path: '/tickets',
  component: page(async () => (await import('../features/tickets/tickets-page.js')).TicketsPage, 'list'),
  validateSearch: readSearch,
});
const ticket = createRoute({
  getParentRoute: () => root,
  path: '/tickets/$ticketId',
  component: page(async () => (await import('../features/ticket/ticket-page.js')).TicketPage, 'ticket'),
});
const notifications = createRoute({
  getParentRoute: () => root,
  path: '/notifications',
  component: page(
    async () => (await import('../features/notifications/notifications-page.js')).NotificationsPage,
    'notifications',
  ),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: page(
    async () => (await import('../features/account/account-page.js')).AccountPage,
    'account',
    'sign-ins',
  ),
});
const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: page(
    async () => (await import('../features/people/people-page.js')).PeoplePage,
    'people',
    'sign-ins',
  ),
});
const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  component: page(
    async () => (await import('../features/activity/activity-page.js')).ActivityPage,
    'activity',
    'sign-ins',
  ),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: page(
    async () => (await import('../features/settings/settings-page.js')).SettingsPage,
    'settings',
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([board, tickets, ticket, account, people, activity, notifications, settings]),
  basepath: new URL(`${DESK_URL}/dashboard`).pathname,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: () => <Loading rows={4} />,
  defaultErrorComponent: PageFailed,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
