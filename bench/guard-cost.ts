import 'reflect-metadata';
import { createSecretKey } from 'node:crypto';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import type { Request, Response } from 'express';
import { createApp } from '../src/app.setup.js';
import { Donor } from '../src/domain/auth/access.decorator.js';
import { AccessTokens } from '../src/domain/staff/sessions/access-tokens.js';
import { ActorGuard } from '../src/domain/auth/actor.guard.js';
import { verifySignature } from '../src/domain/auth/signed-token.js';
import { may } from '../src/domain/tickets/ticket.policy.js';
import { testConfig } from '../test/support/app.js';
import { ascending, quantile } from './figures.js';

/** Microseconds a request. */
export interface GuardCost {
  /** Who is asking, and may they: with the answers remembered for up to 3 s, as in the product. */
  donor: number;
  /** Checking the signature of an access token, once in 3 s for each of them. */
  signature: number;
}

const ROUNDS = 15;
const CALLS = 2_000;

/** A route as the guard sees it. */
class Route {
  @Donor()
  handle(): void {
    // Nobody calls it: the guard reads its mark.
  }
}

/** Times authentication and policy alone, in this process, without HTTP around them; the median of several rounds. */
export async function guardCost(databaseUrl: string, donorToken: string): Promise<GuardCost> {
  const config = testConfig(databaseUrl);
  const key = createSecretKey(config.secrets.jwt, 'utf8');
  const app = await createApp(config);
  await app.init();
  try {
    const guard = app.get(ActorGuard, { strict: false });
    const tokens = app.get(AccessTokens, { strict: false });
    const ticket = {
      donorEmail: 'x@example.org',
      donorEmailCorrected: false,
      donorSessionId: null,
      ownerKey: null,
      provenEmail: null,
      adminId: null,
    };
    const jwt = tokens.sign(
      { id: 1, tokenVersion: 0, username: 'bench', role: 'ADMIN' },
      '00000000-0000-4000-8000-000000000001',
    );
    const donor = await timed(async () => {
      const { request, context } = requestWith(donorToken);
      await guard.canActivate(context);
      if (request.actor === undefined) throw new Error('The guard named nobody.');
      may(request.actor, 'take_part', ticket, 'link');
    });
    const signature = await timed(async () => {
      verifySignature(jwt, key);
    });
    return { donor, signature };
  } finally {
    await app.close();
  }
}

function requestWith(token: string): { request: Request; context: ExecutionContextHost } {
  const request = { headers: { authorization: `Bearer ${token}` } } as Request;
  const response = { once: () => undefined } as unknown as Response;
  const handler = Object.getOwnPropertyDescriptor(Route.prototype, 'handle')?.value as () => void;
  return { request, context: new ExecutionContextHost([request, response], Route, handler) };
}

async function timed(call: () => Promise<void>): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    for (let index = 0; index < CALLS; index += 1) await call();
    rounds.push(((performance.now() - started) * 1_000) / CALLS);
  }
  return quantile(ascending(rounds), 0.5);
}
