import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { hashPassword } from '../../src/domain/staff/login/passwords.js';
import { StaffSessions } from '../../src/domain/staff/sessions/staff-sessions.js';
import { Database } from '../../src/platform/database/database.service.js';
import type { Prisma, User } from '../../src/platform/database/generated/client.js';
import { runFrom } from '../../src/platform/http/security/request-source.js';

/** Where the tests' own requests come from too. */
const HERE = { via: 'http', ip: '127.0.0.1', userAgent: 'node' } as const;

/** A member of staff who is signed in. */
export interface SignedInStaff {
  user: User;
  password: string;
  /** Access token; `headers` carries it. */
  token: string;
  refreshToken: string;
  headers: { authorization: string };
}

/** Creates a member of staff (an online ADMIN with a random username unless told otherwise) and signs them in. */
export async function createStaff(
  app: INestApplicationContext,
  overrides: Partial<Prisma.UserCreateManyInput> & { password?: string } = {},
): Promise<SignedInStaff> {
  const { password = randomBytes(12).toString('base64url'), ...fields } = overrides;
  const username = `staff-${randomBytes(6).toString('hex')}`;
  const passwordHash = await hashPassword(password, { environment: 'test' });
  const user = await app.get(Database, { strict: false }).user.create({
    data: { username, name: `Staff ${username.slice(6)}`, availability: 'online', passwordHash, ...fields },
  });
  return { user, password, ...(await signIn(app, user)) };
}

/** A further login of somebody, without the password. */
export async function signIn(
  app: INestApplicationContext,
  user: User,
): Promise<Pick<SignedInStaff, 'token' | 'refreshToken' | 'headers'>> {
  const sessions = app.get(StaffSessions, { strict: false });
  const { answer, refreshToken } = await runFrom(HERE, () => sessions.open(user));
  const token = answer.accessToken;
  return { token, refreshToken, headers: { authorization: `Bearer ${token}` } };
}
