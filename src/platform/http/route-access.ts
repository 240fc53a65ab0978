import { SetMetadata } from '@nestjs/common';

/** Who may call a route at all; the actor guard reads it. Routes without a mark need staff. */
export type RouteAccess = 'public' | 'donor' | 'staff' | 'super';
export const ROUTE_ACCESS = 'concierge:access';

/** Anyone may call. */
export const Public = () => SetMetadata(ROUTE_ACCESS, 'public' satisfies RouteAccess);
