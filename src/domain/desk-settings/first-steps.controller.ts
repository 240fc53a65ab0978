import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentStaff, SuperAdmin } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import { FirstStepsResponse, MarkFirstStepDto } from './first-steps.dto.js';
import { FirstSteps } from './first-steps.service.js';

@ApiTags('Desk')
@ApiBearerAuth()
@Controller('desk/first-steps')
@SuperAdmin()
export class FirstStepsController {
  constructor(private readonly steps: FirstSteps) {}

  /** Says what a new desk still needs. */
  @Get()
  @ApiOkResponse({ type: FirstStepsResponse })
  read(): Promise<FirstStepsResponse> {
    return this.steps.read();
  }

  /** Marks a step as done, for all super admins and browsers. Fine to repeat. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: FirstStepsResponse })
  mark(@CurrentStaff() actor: StaffActor, @Body() { step }: MarkFirstStepDto): Promise<FirstStepsResponse> {
    return this.steps.mark(actor, step);
  }
}
