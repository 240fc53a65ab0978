import { Body, Controller, Get, Ip, Put, Query, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiOkResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { CurrentStaff } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import { SignedIn } from '../auth/auth.dto.js';
import { AuthService } from '../auth/auth.service.js';
import { RefreshCookie } from '../auth/refresh-cookie.js';
import { StaffMember, StaffProfile } from '../auth/staff-user.dto.js';
import { ChangeAvailabilityBody, ChangePasswordBody, ListUsersQuery } from './user.dto.js';
import { UsersService } from './users.service.js';

@ApiTags('Users')
@ApiBearerAuth()
@Controller('users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly auth: AuthService,
    private readonly cookie: RefreshCookie,
  ) {}

  /** Colleagues, by name. */
  @Get()
  @ApiOkResponse({ type: [StaffMember] })
  async list(@Query() query: ListUsersQuery): Promise<StaffMember[]> {
    return this.users.list(query);
  }

  /** The caller's own profile. */
  @Get('me')
  @ApiOkResponse({ type: StaffProfile })
  async me(@CurrentStaff() actor: StaffActor): Promise<StaffProfile> {
    return this.auth.profile(actor);
  }

  /** Changes the caller's password and ends all their logins; this one goes on with the tokens of the answer. */
  @Put('me/password')
  @ApiOkResponse({ type: SignedIn })
  @ApiBadRequestResponse({
    description: 'The current password is wrong, or the new one does not fit the rules.',
  })
  @ApiTooManyRequestsResponse({ description: 'Too many attempts on this account.' })
  async changePassword(
    @CurrentStaff() actor: StaffActor,
    @Body() { currentPassword, newPassword }: ChangePasswordBody,
    @Ip() ip: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedIn> {
    const session = await this.auth.changePassword(actor, currentPassword, newPassword, ip);
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
}
