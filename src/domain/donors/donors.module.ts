import { Module } from '@nestjs/common';
import { DonorSessionsService } from './donor-sessions.service.js';

@Module({ providers: [DonorSessionsService], exports: [DonorSessionsService] })
export class DonorsModule {}
