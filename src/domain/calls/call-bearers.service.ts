import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { forbidden } from '../../platform/http/errors/domain-error.js';
import type { CallTokenClaims } from '../../platform/video/port/call-token.js';
import { DirectVideoProvider } from '../../platform/video/direct/direct.provider.js';
import { VideoTokenRejected } from '../../platform/video/port/video.errors.js';
import { bearerBehind, type CallBearer } from './rooms/call-bearer.js';

/** Who comes with a token of a direct call. It ends with the login or session that it was signed for. */
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

  /** Whether nothing has ended the token of its bearer since it was signed. */
  async isValid({ role, sub }: Pick<CallTokenClaims, 'role' | 'sub'>): Promise<boolean> {
    const bearer = bearerBehind(sub);
    if (role === 'admin')
      return bearer !== undefined && 'userId' in bearer && (await this.isStaffNow(bearer));
    // A guest without a token chooses the user id, so it may look like one of staff: the role alone makes somebody staff.
    if (bearer === undefined || 'userId' in bearer) return true;
    return this.isSessionNow(bearer);
  }

  private async isStaffNow(bearer: Extract<CallBearer, { userId: number }>): Promise<boolean> {
    const { userId: id, ...rest } = bearer;
    const signedIn =
      'loginId' in rest
        ? { logins: { some: { id: rest.loginId, endedAt: null } } }
        : { tokenVersion: rest.tokenVersion };
    return (await this.database.user.count({ where: { id, isActive: true, ...signedIn } })) === 1;
  }

  private async isSessionNow({
    donorSessionId: id,
    tokenVersion,
  }: Extract<CallBearer, { donorSessionId: string }>): Promise<boolean> {
    const lasts = [{ expiresAt: null }, { expiresAt: { gt: new Date() } }];
    return (await this.database.donorSession.count({ where: { id, tokenVersion, OR: lasts } })) === 1;
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
