import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { DonorSessionsService } from './donor-sessions.service.js';
import { DonorTokenReader } from './donor-token.reader.js';

@Module({
  imports: [AuthModule],
  providers: [DonorSessionsService, DonorTokenReader],
  exports: [DonorSessionsService],
})
export class DonorSessionsModule {}
