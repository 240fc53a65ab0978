import { Secret, TOTP } from 'otpauth';
import { createStaff } from '../factories/staff.factory.js';
import { ok } from '../support/client.js';
import { personOf, type Desk, type Person } from '../support/desk.js';
import { send } from './auth-client.js';

export interface Enrolled extends Person {
  password: string;
  secret: string;
  recoveryCodes: string[];
}

const STEP_S = 30;

/** What an app shows `steps` steps from now. */
export function codeOf(secret: string, steps = 0): string {
  const timestamp = Date.now() + steps * STEP_S * 1000;
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
}

export type ProvisionedStaff = Person & { password: string };

export async function hireAt(at: Desk, role = 'ADMIN'): Promise<ProvisionedStaff> {
  const staff = await createStaff(at.server.app, { role });
  return Object.assign(personOf(at.server, staff), { password: staff.password });
}

/** Enrolled with the code of the step before this one, so that this step's and the next one's are still good. */
export async function enrol(person: ProvisionedStaff): Promise<Enrolled> {
  const { secret } = await ok(person.post('/users/me/totp', { password: person.password }));
  const body = { code: codeOf(secret, -1) };
  const { recoveryCodes } = await ok(person.post('/users/me/totp/confirm', body));
  return Object.assign(person, { secret, recoveryCodes });
}

export interface Credentials {
  username: string;
  password: string;
}

/** Signs in over HTTP. */
export function signInAt(
  at: Desk,
  { username, password }: Credentials,
  totp?: string,
): ReturnType<typeof send> {
  const body = { username, password, ...(totp !== undefined && { totp }) };
  return send(at.server, 'POST', '/auth/login', { body });
}
