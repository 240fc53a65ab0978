import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import passport from 'passport';
import { OpaqueTokenStrategy } from '../../src/domain/auth/opaque-token.strategy.js';
import { SignedTokenStrategy } from '../../src/domain/auth/signed-token.strategy.js';
import { createTicket } from '../factories/ticket.factory.js';
import { delegated } from '../factories/delegated-token.factory.js';
import { Client } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { routesOf } from '../support/routes.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

type Named = passport.Strategy & { name: string };

/** One caller of each kind that brings a token, and the strategy that must authenticate it. */
async function callers(): Promise<[kind: string, client: Client, strategy: Named][]> {
  const opaque = desk.server.app.get(OpaqueTokenStrategy, { strict: false });
  const signed = desk.server.app.get(SignedTokenStrategy, { strict: false });
  return [
    ['staff', desk.boss, signed],
    ['donor', (await createTicket(desk.server)).donor, opaque],
    ['donor of a trusted backend', (await delegated(desk.server)).client, signed],
  ];
}

/** What `work` finds while a strategy refuses everybody. */
async function without<T>(strategy: Named, work: () => Promise<T>): Promise<T> {
  passport.use(strategy.name, {
    authenticate() {
      this.fail();
    },
  });
  try {
    return await work();
  } finally {
    passport.use(strategy.name, strategy);
  }
}

const PARAMETER = /:\w+/g;
const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('Passport’s strategies', () => {
  test('let in anyone who brings a good token', async () => {
    for (const [kind, client] of await callers()) {
      expect({ kind, status: (await client.get('/tickets')).status }).toEqual({ kind, status: 200 });
    }
  });

  test('are the only way in: without its strategy a good token opens no route, remembered or not', async () => {
    const routes = routesOf(desk.server.app).filter(({ access }) => access !== 'operator');
    expect(routes.length).toBeGreaterThan(50);
    for (const [kind, client, strategy] of await callers()) {
      await client.get('/tickets');
      const opened = await without(strategy, async () => {
        const found: string[] = [];
        for (const { name, access } of routes) {
          if (access === 'public') continue;
          const [method = '', path = ''] = name.split(' ');
          const { status } = await client.ask(method, `/${path.replace(PARAMETER, NOBODY)}`);
          if (status !== 401) found.push(`${name}: ${status}`);
        }
        return found;
      });
      expect({ kind, opened }).toEqual({ kind, opened: [] });
    }
  });

  test('of one application do not authenticate the requests of another in the same process', async () => {
    const other = await openDesk();
    try {
      expect((await new Client(other.server, desk.boss.headers).get('/users/me')).status).toBe(401);
      expect((await other.boss.get('/users/me')).status).toBe(200);
    } finally {
      await other.close();
    }
    expect((await desk.boss.get('/users/me')).status).toBe(200);
  });
});
