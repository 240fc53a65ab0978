import { Global, Module } from '@nestjs/common';
import { JobProbes } from './job-probes.js';
import { Jobs } from './jobs.service.js';

@Global()
@Module({ providers: [Jobs, JobProbes], exports: [Jobs] })
export class JobsModule {}
