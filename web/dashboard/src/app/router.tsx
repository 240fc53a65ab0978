import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { DESK_URL } from '../../../shared/desk-url.js';
import { BoardPage } from '../board/board-page.js';
import { readSearch } from '../tickets/list-search.js';
import { Loading, NotFound, PageFailed } from './feedback.js';
import { Shell } from './shell.js';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const board = createRoute({ getParentRoute: () => root, path: '/', component: BoardPage });
const tickets = createRoute({
  getParentRoute: () => root,
  path: '/tickets',
  component: lazyRouteComponent(() => import('../tickets/tickets-page.js'), 'TicketsPage'),
  validateSearch: readSearch,
});
const ticket = createRoute({
  getParentRoute: () => root,
  path: '/tickets/$ticketId',
  component: lazyRouteComponent(() => import('../ticket/ticket-page.js'), 'TicketPage'),
});
const notifications = createRoute({
  getParentRoute: () => root,
  path: '/notifications',
  component: lazyRouteComponent(() => import('../notifications/notifications-page.js'), 'NotificationsPage'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  component: lazyRouteComponent(() => import('../account/account-page.js'), 'AccountPage'),
});
const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: lazyRouteComponent(() => import('../people/people-page.js'), 'PeoplePage'),
});
const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  component: lazyRouteComponent(() => import('../activity/activity-page.js'), 'ActivityPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([board, tickets, ticket, account, people, activity, notifications]),
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
