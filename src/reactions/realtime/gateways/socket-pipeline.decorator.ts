import { applyDecorators, UseFilters, UseGuards, UseInterceptors } from '@nestjs/common';
import { AckInterceptor } from './ack.interceptor.js';
import { SocketErrorFilter } from './socket-error.filter.js';
import { SocketGuard } from './socket.guard.js';

/**
 * What every event passes, on each gateway: who sends it and within which limit, the application's validation pipe, then the
 * handler; an ack for what it returns, and an ack for what fails. Nest's global filters do not reach gateways.
 */
export const UseSocketPipeline = () =>
  applyDecorators(UseGuards(SocketGuard), UseInterceptors(AckInterceptor), UseFilters(SocketErrorFilter));
