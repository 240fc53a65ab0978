import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HealthProbesModule } from './probes/health-probes.module.js';
import { HealthService } from './health.service.js';
import { ProcessProbes } from './process-probes.js';
import { Readiness } from './readiness.js';

@Module({
  imports: [HealthProbesModule],
  controllers: [HealthController],
  providers: [HealthService, ProcessProbes, Readiness],
  exports: [Readiness],
})
export class HealthModule {}
