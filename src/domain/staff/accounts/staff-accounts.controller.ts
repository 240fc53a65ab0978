import { Body, Controller, Delete, HttpCode, Patch, Post, Put } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import { IntParam } from '../../../platform/http/validation/int-param.decorator.js';
import { Idempotent } from '../../../platform/http/idempotency/idempotent.decorator.js';
import { CurrentStaff, SuperAdmin } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { KnownTeamPipe } from '../../taxonomy/known-team.pipe.js';
import { CreateStaffDto, ResetPasswordDto, SetSkillsDto, UpdateStaffDto } from './staff-account.dto.js';
import { StaffAccounts } from './staff-accounts.service.js';
import { StaffRecordResponse, StaffWithPasswordResponse } from './staff-record.dto.js';
import { UsersService } from './users.service.js';

@ApiTags('Users')
@ApiBearerAuth()
@ApiNotFoundResponse({ description: 'There is nobody with this id.' })
@Controller('users')
@SuperAdmin()
export class StaffAccountsController {
  constructor(
    private readonly accounts: StaffAccounts,
    private readonly users: UsersService,
  ) {}

  /** Makes an account. Its password, unless given, is made up and shown this once. */
  @Post()
  @Idempotent()
  @ApiCreatedResponse({ type: StaffWithPasswordResponse })
  @ApiBadRequestResponse({ description: 'Some fields do not fit the rules.' })
  @ApiConflictResponse({ description: 'The username or the email address is taken.' })
  async create(
    @CurrentStaff() actor: StaffActor,
    @Body(KnownTeamPipe) body: CreateStaffDto,
  ): Promise<StaffWithPasswordResponse> {
    const { id, oneTimePassword } = await this.accounts.create(actor, body);
    return { ...(await this.users.record(id)), oneTimePassword };
  }

  /** Changes somebody. Another role, or deactivation, ends their logins. */
  @Patch(':id')
  @ApiOkResponse({ type: StaffRecordResponse })
  @ApiConflictResponse({ description: 'The last super admin, yourself, or a taken email address.' })
  async update(
    @CurrentStaff() actor: StaffActor,
    @IntParam() id: number,
    @Body(KnownTeamPipe) body: UpdateStaffDto,
  ): Promise<StaffRecordResponse> {
    await this.accounts.update(actor, id, body);
    return this.users.record(id);
  }

  /** Says what somebody is good at; replaces what was said before. */
  @Put(':id/skills')
  @ApiOkResponse({ type: StaffRecordResponse })
  async setSkills(
    @CurrentStaff() actor: StaffActor,
    @IntParam() id: number,
    @Body() body: SetSkillsDto,
  ): Promise<StaffRecordResponse> {
    await this.accounts.setSkills(actor, id, body);
    return this.users.record(id);
  }

  /** Gives somebody another password, made up unless given, and ends their logins. */
  @Put(':id/password')
  @ApiOkResponse({ type: StaffWithPasswordResponse })
  @ApiBadRequestResponse({ description: 'The password does not fit the rules.' })
  @ApiConflictResponse({ description: 'This is your own account.' })
  async resetPassword(
    @CurrentStaff() actor: StaffActor,
    @IntParam() id: number,
    @Body() { password }: ResetPasswordDto,
  ): Promise<StaffWithPasswordResponse> {
    const { oneTimePassword } = await this.accounts.resetPassword(actor, id, password);
    return { ...(await this.users.record(id)), oneTimePassword };
  }

  /** Turns off the second factor of somebody who lost their phone, and ends their logins. */
  @Delete(':id/totp')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: 'This is your own account.' })
  async resetSecondFactor(@CurrentStaff() actor: StaffActor, @IntParam() id: number): Promise<void> {
    await this.accounts.resetSecondFactor(actor, id);
  }

  /** Deactivates somebody: they cannot sign in any more, and their open tickets go back to the team. Fine to repeat. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: 'The last super admin, or yourself.' })
  async deactivate(@CurrentStaff() actor: StaffActor, @IntParam() id: number): Promise<void> {
    await this.accounts.update(actor, id, { isActive: false });
  }
}
