import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { AuditLog } from '../../../domain/audit/audit-log.js';
import { DomainError } from '../../../platform/http/errors/domain-error.js';
import { toErrorBody } from '../../../platform/http/errors/error-body.js';
import { refusalOf } from '../server/socket-refusal.js';
import type { ClientSocket, Reply } from '../server/socket-state.js';

/** Answers an event that failed: the codes and words of HTTP. */
@Catch()
export class SocketErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Realtime');

  constructor(private readonly audit: AuditLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const [socket, , reply, event] = host.getArgs<[ClientSocket, unknown, Reply, string]>();
    this.report(socket, event, error);
    reply(refusalOf(error));
  }

  /** As the HTTP filter does: faults with their stack, what is unavailable in one line, denied access to the audit log. */
  private report(socket: ClientSocket, event: string, error: unknown): void {
    const { status } = toErrorBody(error);
    const { actor } = socket.data;
    const msg = `socket event ${event} failed`;
    if (status === 403)
      void this.audit.recordRefusal({ action: 'access.denied', actor, subject: `socket ${event}` });
    if (status < 500 || error instanceof DomainError) return;
    if (status === 503) this.logger.warn({ msg, reason: String(error) });
    else this.logger.error({ msg, err: error });
  }
}
