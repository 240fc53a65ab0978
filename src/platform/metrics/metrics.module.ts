import { Global, Module } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { RequestTimes } from './request-times.js';

/** Gives every module the `Metrics` to add theirs to. `RequestWatch` comes from HttpModule, which is global. */
@Global()
@Module({
  controllers: [MetricsController],
  providers: [Metrics, RequestTimes],
  exports: [Metrics],
})
export class MetricsModule {}
