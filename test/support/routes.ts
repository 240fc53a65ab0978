import { RequestMethod, type INestApplication } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { ROUTE_ACCESS, type RouteAccess } from '../../src/platform/http/security/route-access.js';

/** One route as Nest registered it. */
export interface RegisteredRoute {
  /** Such as `PUT tickets/:id/assign`, without prefix and version. */
  name: string;
  access: RouteAccess;
}

type Handler = (...args: never[]) => unknown;

/** Every route of the application, from the router's own metadata, in alphabetical order. */
export function routesOf(app: INestApplication): RegisteredRoute[] {
  const routes: RegisteredRoute[] = [];
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype === 'function') routes.push(...routesOfController(metatype));
    }
  }
  return routes.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function routesOfController(controller: { prototype: object }): RegisteredRoute[] {
  return Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
    const handler = (controller.prototype as Record<string, Handler>)[name]!;
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const path = [controller, handler]
      .map((target) => String(Reflect.getMetadata(PATH_METADATA, target)).replace(/^\/|\/$/g, ''))
      .filter((part) => part !== '' && part !== 'undefined')
      .join('/');
    const access = (Reflect.getMetadata(ROUTE_ACCESS, handler) ??
      Reflect.getMetadata(ROUTE_ACCESS, controller) ??
      'staff') as RouteAccess;
    return [{ name: `${RequestMethod[method]} ${path}`, access }];
  });
}
