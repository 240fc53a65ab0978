import { Module } from '@nestjs/common';
import { AuditExpiryJob } from './audit-expiry.job.js';
import { AuditLog } from './audit-log.js';
import { AuditReading } from './audit-reading.service.js';
import { AuditController } from './audit.controller.js';

@Module({
  controllers: [AuditController],
  providers: [AuditExpiryJob, AuditLog, AuditReading],
  exports: [AuditLog],
})
export class AuditModule {}
