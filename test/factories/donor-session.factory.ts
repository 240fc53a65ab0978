import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import {
  DonorSessionsService,
  type NewDonorSession,
} from '../../src/domain/donors/sessions/donor-sessions.service.js';

/** A donor session with its token; `headers` carries it. */
export interface DonorSessionFixture {
  donorId: string;
  sessionId: string;
  token: string;
  headers: { authorization: string };
}

/** Issues a guest session; pass `verifiedAt` for a verified donor. */
export async function createDonorSession(
  app: INestApplicationContext,
  overrides: Partial<NewDonorSession> = {},
): Promise<DonorSessionFixture> {
  const donorId = overrides.donorId ?? `donor-${randomBytes(6).toString('hex')}`;
  const { sessionId, token } = await app
    .get(DonorSessionsService, { strict: false })
    .issue({ ...overrides, donorId });
  return { donorId, sessionId, token, headers: { authorization: `Bearer ${token}` } };
}
