import { SetMetadata } from '@nestjs/common';

/** Who may call a route at all; the actor guard reads it. Routes without a mark need staff. */
export type RouteAccess = 'public' | 'donor' | 'staff' | 'super' | 'operator';
export const ROUTE_ACCESS = 'concierge:access';

/** Anyone may call. */
export const Public = () => SetMetadata(ROUTE_ACCESS, 'public' satisfies RouteAccess);

/** SUPER_ADMIN only. */
export const SuperAdmin = () => SetMetadata(ROUTE_ACCESS, 'super' satisfies RouteAccess);

/** No person's route: a guard of its own decides. */
export const OperatorOnly = () => SetMetadata(ROUTE_ACCESS, 'operator' satisfies RouteAccess);

export const IGNORES_TOKEN = 'concierge:ignores-token';

/** The route asks for credentials of its own (a password, a signature) or for none: Authorization is not read. */
export const IgnoresToken = () => SetMetadata(IGNORES_TOKEN, true);
