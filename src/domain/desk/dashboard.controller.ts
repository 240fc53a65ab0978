import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentStaff } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import { BoardDto } from './board.dto.js';
import { DashboardService } from './dashboard.service.js';
import { DashboardResponse } from './dashboard-shapes.js';

/** Its routes come before those of `tickets/:id`: Express takes the first that fits. */
@ApiTags('tickets')
@ApiBearerAuth()
@Controller('tickets')
export class DashboardController {
  constructor(private readonly dashboard: DashboardService) {}

  @Get('dashboard')
  @ApiOperation({
    operationId: 'Tickets_board',
    summary:
      'The board: open tickets by status, 50 each; new and pending ones as a queue, the most urgent and longest waiting first, the others newest first',
  })
  @ApiOkResponse({ type: DashboardResponse })
  board(@CurrentStaff() actor: StaffActor, @Query() { mine }: BoardDto): Promise<DashboardResponse> {
    return this.dashboard.read(actor, mine === 'true');
  }
}
