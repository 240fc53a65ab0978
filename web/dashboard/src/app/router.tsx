import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { BoardPage } from '../board/board-page.js';
import { TicketPage } from '../ticket/ticket-page.js';
import { readSearch } from '../tickets/list-search.js';
import { TicketsPage } from '../tickets/tickets-page.js';
import { NotFound } from './feedback.js';
import { Shell } from './shell.js';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const board = createRoute({ getParentRoute: () => root, path: '/', component: BoardPage });
const tickets = createRoute({
  getParentRoute: () => root,
  path: '/tickets',
  component: TicketsPage,
  validateSearch: readSearch,
});
const ticket = createRoute({ getParentRoute: () => root, path: '/tickets/$ticketId', component: TicketPage });

export const router = createRouter({
  routeTree: root.addChildren([board, tickets, ticket]),
  basepath: '/dashboard',
  defaultPreload: false,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
