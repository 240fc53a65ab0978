import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ROUTE_ACCESS, type RouteAccess } from '../../platform/http/route-access.js';
import type { Actor, StaffActor } from './actor.js';

export { Public, SuperAdmin } from '../../platform/http/route-access.js';

/** A donor token or staff. */
export const Donor = () => SetMetadata(ROUTE_ACCESS, 'donor' satisfies RouteAccess);

export const WHILE_ENROLLING = 'concierge:while-enrolling';

/** Also open to staff who must set up a second factor before anything else (TOTP_REQUIRED_ROLES). */
export const WhileEnrolling = () => SetMetadata(WHILE_ENROLLING, true);

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
