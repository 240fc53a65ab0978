import { Controller, Get, Header, Res, UseGuards, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { IgnoresToken, OperatorOnly } from '../http/security/route-access.js';
import { SkipLimits } from '../http/throttling/limit.decorator.js';
import { MetricsAccessGuard } from './metrics-access.guard.js';
import { Metrics } from './metrics.js';

@ApiTags('Health')
@OperatorOnly()
@IgnoresToken()
@SkipLimits()
@UseGuards(MetricsAccessGuard)
@Controller({ path: 'metrics', version: VERSION_NEUTRAL })
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /** For Prometheus: from this machine, or with METRICS_TOKEN as bearer token. */
  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async scrape(@Res() response: Response): Promise<void> {
    const { type, text } = await this.metrics.scrape();
    response.set('Content-Type', type).send(text);
  }
}
