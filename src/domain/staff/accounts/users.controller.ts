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
  getSchemaPath,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { IntParam } from '../../../platform/http/validation/int-param.decorator.js';
import { CurrentStaff, OpenBefore } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { SignedIn } from '../sessions/auth.dto.js';
import { AuthService } from '../login/auth.service.js';
import { RefreshCookie } from '../sessions/refresh-cookie.js';
import { StaffProfiles } from '../profiles/staff-profiles.service.js';
import { StaffMember, StaffProfile } from '../profiles/staff-user.dto.js';
import { UpdateProfileBody } from './staff-account.dto.js';
import { StaffAccounts } from './staff-accounts.service.js';
import { StaffRecord } from './staff-record.dto.js';
import { ChangeAvailabilityBody, ChangePasswordBody, ListUsersQuery } from './user.dto.js';
import { UsersService } from './users.service.js';

const MEMBER_OR_RECORD = {
  oneOf: [{ $ref: getSchemaPath(StaffMember) }, { $ref: getSchemaPath(StaffRecord) }],
};

@ApiTags('Users')
@ApiBearerAuth()
@ApiExtraModels(StaffMember, StaffRecord)
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
    @Query() query: ListUsersQuery,
  ): Promise<(StaffMember | StaffRecord)[]> {
    return this.users.list(actor, query);
  }

  /** The caller's own profile. */
  @Get('me')
  @OpenBefore('change the password', 'set up a second factor')
  @ApiOkResponse({ type: StaffProfile })
  async me(@CurrentStaff() actor: StaffActor): Promise<StaffProfile> {
    return this.profiles.byActor(actor);
  }

  /** Changes the caller's own name, email address or username. */
  @Put('me/profile')
  @ApiOkResponse({ type: StaffProfile })
  @ApiConflictResponse({ description: 'The username or the email address is taken.' })
  async updateProfile(
    @CurrentStaff() actor: StaffActor,
    @Body() body: UpdateProfileBody,
  ): Promise<StaffProfile> {
    return this.profiles.ofActor(actor, await this.accounts.updateOwn(actor, body));
  }

  /** Changes the caller's password and ends all their logins; this one goes on with the tokens of the answer. */
  @Put('me/password')
  @OpenBefore('change the password', 'set up a second factor')
  @ApiOkResponse({ type: SignedIn })
  @ApiBadRequestResponse({
    description: 'The current password is wrong, or the new one does not fit the rules.',
  })
  @ApiTooManyRequestsResponse({ description: 'Too many attempts on this account.' })
  async changePassword(
    @CurrentStaff() actor: StaffActor,
    @Body() body: ChangePasswordBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedIn> {
    const session = await this.auth.changePassword(actor, body);
    this.cookie.write(response, session.refreshToken);
    return session.answer;
  }

  /** Says whether the caller is at work. */
  @Put('me/availability')
  @ApiOkResponse({ type: StaffProfile })
  async setAvailability(
    @CurrentStaff() actor: StaffActor,
    @Body() { availability }: ChangeAvailabilityBody,
  ): Promise<StaffProfile> {
    return this.users.setAvailability(actor, availability);
  }

  /** One colleague. A super admin sees more of them. */
  @Get(':id')
  @ApiOkResponse({ schema: MEMBER_OR_RECORD })
  @ApiNotFoundResponse({ description: 'There is nobody with this id.' })
  async get(@CurrentStaff() actor: StaffActor, @IntParam() id: number): Promise<StaffMember | StaffRecord> {
    return this.users.get(actor, id);
  }
}
