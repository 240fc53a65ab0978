import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { forbidden } from '../../platform/http/domain-error.js';
import type { CallTokenClaims } from '../../platform/video/call-token.js';
import { DirectVideoProvider } from '../../platform/video/direct.provider.js';
import { VideoTokenRejected } from '../../platform/video/video.errors.js';
import { staffBehind } from '../call-rooms/staff-bearer.js';

/** Who comes with a token of a direct call. A token of staff ends with the person's other tokens. */
@Injectable()
export class CallBearers {
  constructor(
    private readonly direct: DirectVideoProvider,
    private readonly database: Database,
  ) {}

  /** What a token says that may be used now. Throws 403: 401 would tell a client that its login is over. */
  async verify(token: string): Promise<CallTokenClaims> {
    const claims = this.read(token);
    if (claims === undefined || !(await this.isValid(claims)))
      throw forbidden('This call link is not valid any more. Join the call again.');
    return claims;
  }

  /** Whether nothing has ended the tokens of its bearer since the token was signed. */
  async isValid({ role, sub }: Pick<CallTokenClaims, 'role' | 'sub'>): Promise<boolean> {
    if (role !== 'admin') return true;
    const bearer = staffBehind(sub);
    if (bearer === undefined) return false;
    return (await this.database.user.count({ where: { ...bearer, isActive: true } })) === 1;
  }

  private read(token: string): CallTokenClaims | undefined {
    try {
      return this.direct.verifyToken(token);
    } catch (error) {
      if (error instanceof VideoTokenRejected) return undefined;
      throw error;
    }
  }
}
