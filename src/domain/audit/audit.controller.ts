import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CONFIG } from '../../platform/config/config.module.js';
import type { PublicDesk } from '../../platform/config/public-address.js';
import { pageHeaders } from '../../platform/http/pagination/page-headers.js';
import { SuperAdmin } from '../../platform/http/security/route-access.js';
import { AuditEntryResponse, AuditQueryDto } from './audit-entry.dto.js';
import { AUDIT_PAGE, AuditReading } from './audit-reading.service.js';

@ApiTags('Audit')
@ApiBearerAuth()
@Controller('audit-log')
@SuperAdmin()
export class AuditController {
  constructor(
    private readonly audit: AuditReading,
    @Inject(CONFIG) private readonly desk: PublicDesk,
  ) {}

  /** Who did what, newest first: sign-ins, refusals, changes to staff, deletions. The next page in Link. */
  @Get()
  @ApiOkResponse({ type: [AuditEntryResponse] })
  async list(
    @Query() query: AuditQueryDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AuditEntryResponse[]> {
    const page = await this.audit.page(query);
    response.set(pageHeaders(page, { desk: this.desk, path: '/api/v1/audit-log', query, sizes: AUDIT_PAGE }));
    return page.items;
  }
}
