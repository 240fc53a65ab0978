import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ROUTE_ACCESS, type RouteAccess } from '../../platform/http/security/route-access.js';
import type { Actor, StaffActor } from './actor.js';
import type { FirstStep } from './first-step.js';

export { Public, SuperAdmin } from '../../platform/http/security/route-access.js';

/** A donor token or staff. */
export const Donor = () => SetMetadata(ROUTE_ACCESS, 'donor' satisfies RouteAccess);

export const OPEN_BEFORE = 'concierge:open-before';

/** Also open to staff who must take one of these steps before anything else is. */
export const OpenBefore = (...steps: FirstStep[]) => SetMetadata(OPEN_BEFORE, steps);

/** The actor that the guard put on the request. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<Request>();
  if (actor === undefined) throw new Error('the actor guard did not run for this route');
  return actor;
});

/** The same on routes that only staff reach. */
export const CurrentStaff = createParamDecorator((_: unknown, context: ExecutionContext): StaffActor => {
  const { actor } = context.switchToHttp().getRequest<Request>();
  if (actor?.kind !== 'staff') throw new Error('this route is not marked for staff');
  return actor;
});
