import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { CONFIG } from '../../platform/config/config.module.js';
import type { PublicDesk } from '../../platform/config/public-address.js';
import { nextLink } from '../../platform/http/pagination/page-size.js';
import { SuperAdmin } from '../../platform/http/security/route-access.js';
import { AuditEntryShape, AuditQuery } from './audit-entry.dto.js';
import { AuditReading } from './audit-reading.service.js';

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
  @ApiOkResponse({ type: [AuditEntryShape] })
  async list(
    @Query() query: AuditQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AuditEntryShape[]> {
    const { entries, next } = await this.audit.page(query);
    if (next !== undefined) {
      const search = new URLSearchParams({ ...(query as Record<string, string>), cursor: next });
      response.setHeader('Link', nextLink(this.desk, '/api/v1/audit-log', search.toString()));
    }
    return entries;
  }
}
