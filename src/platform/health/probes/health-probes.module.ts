import { Global, Module } from '@nestjs/common';
import { HealthProbes } from './health-probes.js';

/** Gives every module the `HealthProbes` to register with. */
@Global()
@Module({ providers: [HealthProbes], exports: [HealthProbes] })
export class HealthProbesModule {}
