import type { Credential, GoogleOAuthAccessToken } from 'firebase-admin/app';
import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import { inTime } from '../outbound/in-time.js';
import { PushUnavailable } from './push.errors.js';

const GOOGLE = 'https://oauth2.googleapis.com';
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const ANSWER_MS = 10_000;

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/**
 * A service account's access token (RFC 7523: a JWT signed with its key buys one). firebase-admin's own credential takes
 * no gateway, and may do much more with the account than to send messages.
 */
export class ServiceAccount implements Credential {
  constructor(
    private readonly clientEmail: string,
    private readonly privateKey: string,
    private readonly gateway: string = GOOGLE,
  ) {}

  /** Throws PushUnavailable. firebase-admin keeps the token for as long as it is good. */
  async getAccessToken(): Promise<GoogleOAuthAccessToken> {
    const assertion = await this.assertion();
    return inTime(ANSWER_MS, (signal) => this.exchange(assertion, signal));
  }

  private async exchange(assertion: string, signal: AbortSignal): Promise<GoogleOAuthAccessToken> {
    const body = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion,
    });
    const answer = await fetch(new URL('/token', this.gateway), { method: 'POST', body, signal });
    if (!answer.ok) throw new PushUnavailable(`Google answered ${answer.status} to our service account`);
    return tokenSchema.parse(await answer.json());
  }

  private async assertion(): Promise<string> {
    const key = await importPKCS8(this.privateKey, 'RS256');
    return new SignJWT({ scope: SCOPE })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(this.clientEmail)
      .setAudience(`${GOOGLE}/token`)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(key);
  }
}
