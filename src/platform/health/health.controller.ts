import { Controller, Get, Header, HttpStatus, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { SkipLimits } from '../http/throttling/limit.decorator.js';
import { isFromThisMachine } from '../http/security/client-address.js';
import { unavailable } from '../http/errors/domain-error.js';
import { IgnoresToken, Public } from '../http/security/route-access.js';
import { AdvancedHealthResponse, HealthResponse, PingResponse, ReadyResponse } from './health.dto.js';
import { HealthService } from './health.service.js';

/** For operators and balancers; says nothing about hosts, versions of the parts, or settings. */
@ApiTags('Health')
@Public()
@IgnoresToken()
@SkipLimits()
@Controller({ path: 'health', version: VERSION_NEUTRAL })
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** Is the process up, and does its database answer? Always 200; read `status`. */
  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: HealthResponse })
  async overview(): Promise<HealthResponse> {
    return this.health.overview();
  }

  /** Answers without touching the database: is the event loop alive? */
  @Get('ping')
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: PingResponse })
  ping(): PingResponse {
    return { status: 'pong' };
  }

  /** Every part, looked at within 3 s. 503, with the same body, when the database is unavailable; else 200: read `status`. */
  @Get('advanced')
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: AdvancedHealthResponse })
  @ApiServiceUnavailableResponse({
    type: AdvancedHealthResponse,
    description: 'The database is unavailable.',
  })
  async advanced(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AdvancedHealthResponse> {
    const answer = await this.health.advanced(isFromThisMachine(request));
    if (answer.status === 'down') response.status(HttpStatus.SERVICE_UNAVAILABLE);
    return answer;
  }

  /** Should this process get traffic? 503 while it starts, drains or has no database. */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ type: ReadyResponse })
  @ApiServiceUnavailableResponse({ description: 'Send requests elsewhere.' })
  async ready(): Promise<ReadyResponse> {
    if (!(await this.health.isReady())) throw unavailable('Not ready for traffic.');
    return { status: 'ready' };
  }
}
