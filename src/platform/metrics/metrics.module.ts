import { Global, Module } from '@nestjs/common';
import { HttpModule } from '../http/http.module.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { RequestTimes } from './request-times.js';

/** Gives every module the `Metrics` to add theirs to. */
@Global()
@Module({
  imports: [HttpModule],
  controllers: [MetricsController],
  providers: [Metrics, RequestTimes],
  exports: [Metrics],
})
export class MetricsModule {}
