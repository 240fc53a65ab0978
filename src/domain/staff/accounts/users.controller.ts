import { Body, Controller, Get, Put, Query, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiExtraModels,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { anyOf } from '../../../platform/http/any-of.js';
import { IntParam } from '../../../platform/http/validation/int-param.decorator.js';
import { CurrentStaff, OpenBefore } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { SignedInResponse } from '../sessions/auth.dto.js';
import { AuthService } from '../login/auth.service.js';
import { RefreshCookie } from '../sessions/refresh-cookie.js';
import { StaffProfiles } from '../profiles/staff-profiles.service.js';
import { StaffMemberResponse, StaffProfileResponse } from '../profiles/staff-user.dto.js';
import { UpdateProfileDto } from './staff-account.dto.js';
import { StaffAccounts } from './staff-accounts.service.js';
import { StaffRecordResponse } from './staff-record.dto.js';
import { ChangeAvailabilityDto, ChangePasswordDto, ListUsersDto } from './user.dto.js';
import { UsersService } from './users.service.js';

const MEMBER_OR_RECORD = anyOf(StaffMemberResponse, StaffRecordResponse);

@ApiTags('Users')
@ApiBearerAuth()
@ApiExtraModels(StaffMemberResponse, StaffRecordResponse)
@Controller('users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly auth: AuthService,
    private readonly cookie: RefreshCookie,
    private readonly accounts: StaffAccounts,
    private readonly profiles: StaffProfiles,
  ) {}

  /** Colleagues, by name. A super admin sees more of them: mail, capacity, open tickets, skills. */
  @Get()
  @ApiOkResponse({ schema: { type: 'array', items: MEMBER_OR_RECORD } })
  async list(
    @CurrentStaff() actor: StaffActor,
    @Query() query: ListUsersDto,
  ): Promise<(StaffMemberResponse | StaffRecordResponse)[]> {
    return this.users.list(actor, query);
  }

  /** The caller's own profile. */
  @Get('me')
  @OpenBefore('change the password', 'set up a second factor')
  @ApiOkResponse({ type: StaffProfileResponse })
  async me(@CurrentStaff() actor: StaffActor): Promise<StaffProfileResponse> {
    return this.profiles.byActor(actor);
  }

  /** Changes the caller's own name, email address or username. */
  @Put('me/profile')
  @ApiOkResponse({ type: StaffProfileResponse })
  @ApiBadRequestResponse({
    description: 'Some fields do not fit the rules, or the current password is wrong.',
  })
  @ApiConflictResponse({ description: 'The username or the email address is taken.' })
  async updateProfile(
    @CurrentStaff() actor: StaffActor,
    @Body() { currentPassword, ...fields }: UpdateProfileDto,
  ): Promise<StaffProfileResponse> {
    const knows = currentPassword !== undefined;
    if (knows) await this.auth.confirmPassword(actor, currentPassword);
    return this.profiles.ofActor(actor, await this.accounts.updateOwn(actor, fields, knows));
  }

  /** Changes the caller's password and ends all their logins; this one goes on with the tokens of the answer. */
  @Put('me/password')
  @OpenBefore('change the password', 'set up a second factor')
  @ApiOkResponse({ type: SignedInResponse })
  @ApiBadRequestResponse({
    description: 'The current password is wrong, or the new one does not fit the rules.',
  })
  @ApiTooManyRequestsResponse({ description: 'Too many attempts on this account.' })
  async changePassword(
    @CurrentStaff() actor: StaffActor,
    @Body() body: ChangePasswordDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedInResponse> {
    const session = await this.auth.changePassword(actor, body);
    this.cookie.write(response, session.refreshToken);
    return session.answer;
  }

  /** Says whether the caller is at work. */
  @Put('me/availability')
  @ApiOkResponse({ type: StaffProfileResponse })
  async setAvailability(
    @CurrentStaff() actor: StaffActor,
    @Body() { availability }: ChangeAvailabilityDto,
  ): Promise<StaffProfileResponse> {
    return this.users.setAvailability(actor, availability);
  }

  /** One colleague. A super admin sees more of them. */
  @Get(':id')
  @ApiOkResponse({ schema: MEMBER_OR_RECORD })
  @ApiNotFoundResponse({ description: 'There is nobody with this id.' })
  async get(
    @CurrentStaff() actor: StaffActor,
    @IntParam() id: number,
  ): Promise<StaffMemberResponse | StaffRecordResponse> {
    return this.users.get(actor, id);
  }
}
