import { expect, test } from '@jest/globals';
import type { Request } from 'express';
import { routeOf } from './route-of.js';

const ID = '0b8f0a52-6f0e-4c0c-9a55-2f5b3c7f3f11';

test('a request is named by its route', () => {
  const request = { route: { path: '/api/v1/tickets/:id' }, originalUrl: `/api/v1/tickets/${ID}?after=1` };
  expect(routeOf(request as unknown as Request)).toBe('/api/v1/tickets/:id');
});

test.each([
  [`/api/v1/tickets/${ID}/messages`, '/api/v1/tickets/…'],
  ['/api/v1/tickets/donor/maria?x=1', '/api/v1/tickets/…'],
  [`/api/v1/${ID}`, '/api/v1/…'],
  [`/${ID}`, '/…'],
  [`/call/room-${ID}`, '/call/…'],
  ['/api/v1/tickets', '/api/v1/tickets'],
  [`/widget.js?${ID}`, '/widget.js'],
  ['/', '/'],
])('without a route, %s is named %s', (originalUrl, name) => {
  expect(routeOf({ originalUrl } as Request)).toBe(name);
});
