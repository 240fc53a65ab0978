import type { LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';
import { withoutSecrets } from './logger.js';

/** What Nest prints while it starts, once per module and route: of use only when looking for a fault in it. */
const CHATTY = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
  'WebSocketsController',
]);

/** Nest's Logger, and with it `new Logger('Name')` everywhere, on the process's pino. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...more: unknown[]): void {
    this.write('info', message, more);
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more);
  }

  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('trace', message, more);
  }

  /** Nest passes the logger's name last, and the stack before it when there is one. */
  private write(level: Level, message: unknown, more: unknown[]): void {
    const context = typeof more.at(-1) === 'string' ? (more.at(-1) as string) : undefined;
    const chosen = level === 'info' && context !== undefined && CHATTY.has(context) ? 'debug' : level;
    if (!this.logger.isLevelEnabled(chosen) || isSaidElsewhere(context, message)) return;
    const stack = more.length > 1 && typeof more[0] === 'string' ? more[0] : undefined;
    const fields = { ...(context !== undefined && { context }), ...(stack !== undefined && { stack }) };
    if (message instanceof Error)
      this.logger[chosen]({ ...fields, err: message }, withoutSecrets(message.message));
    else if (typeof message === 'object' && message !== null) this.logger[chosen]({ ...fields, ...message });
    else this.logger[chosen](fields, String(message));
  }
}

/** A port that cannot be had is told in a sentence by the caller that wanted to listen. */
function isSaidElsewhere(context: string | undefined, message: unknown): boolean {
  return context === 'NestApplication' && typeof message === 'string' && /EADDRINUSE|EACCES/.test(message);
}
