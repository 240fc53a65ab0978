import { Body, Controller, Delete, HttpCode, Post } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { CurrentStaff, OpenBefore } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { AuthService } from './auth.service.js';
import {
  ConfirmTotpDto,
  PasswordDto,
  RecoveryCodesResponse,
  TotpOfferResponse,
  TurnOffTotpDto,
} from '../second-factor/second-factor.dto.js';

@ApiTags('Users')
@ApiBearerAuth()
@Controller('users/me/totp')
export class SecondFactorsController {
  constructor(private readonly auth: AuthService) {}

  /** Starts setting up a second factor: a secret for the caller's authenticator app. */
  @Post()
  @HttpCode(200)
  @OpenBefore('set up a second factor')
  @ApiOkResponse({ type: TotpOfferResponse })
  @ApiBadRequestResponse({ description: 'The password is wrong.' })
  @ApiConflictResponse({ description: 'A second factor is on already.' })
  begin(@CurrentStaff() actor: StaffActor, @Body() { password }: PasswordDto): Promise<TotpOfferResponse> {
    return this.auth.beginSecondFactor(actor, password);
  }

  /** Turns it on with a first code from the app. The recovery codes are shown this once. */
  @Post('confirm')
  @HttpCode(200)
  @OpenBefore('set up a second factor')
  @ApiOkResponse({ type: RecoveryCodesResponse })
  @ApiBadRequestResponse({ description: 'Not the code of this moment.' })
  @ApiConflictResponse({ description: 'Not begun, or on already.' })
  @ApiTooManyRequestsResponse({ description: 'Too many codes.' })
  async confirm(
    @CurrentStaff() actor: StaffActor,
    @Body() { code }: ConfirmTotpDto,
  ): Promise<RecoveryCodesResponse> {
    return { recoveryCodes: await this.auth.confirmSecondFactor(actor, code) };
  }

  /** Turns it off. */
  @Delete()
  @HttpCode(204)
  @ApiBody({ type: TurnOffTotpDto })
  @ApiNoContentResponse()
  @ApiBadRequestResponse({ description: 'The password or the code is wrong.' })
  @ApiConflictResponse({ description: 'There is none.' })
  @ApiTooManyRequestsResponse({ description: 'Too many codes.' })
  async turnOff(@CurrentStaff() actor: StaffActor, @Body() body: TurnOffTotpDto): Promise<void> {
    await this.auth.turnOffSecondFactor(actor, body);
  }
}
