import { Controller, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiTags,
} from '@nestjs/swagger';
import { IntParam } from '../../../platform/http/validation/int-param.decorator.js';
import { CurrentStaff, SuperAdmin } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { MadePasswordLinkResponse } from './password-link.dto.js';
import { PasswordResets } from './password-resets.service.js';

@ApiTags('Users')
@ApiBearerAuth()
@Controller('users/:id/password-links')
@SuperAdmin()
export class ColleaguePasswordLinksController {
  constructor(private readonly resets: PasswordResets) {}

  /** Makes a link by which somebody sets a new password, to be passed on by hand. Until it is used, nothing changes for them. */
  @Post()
  @ApiCreatedResponse({ type: MadePasswordLinkResponse })
  @ApiNotFoundResponse({ description: 'There is nobody with this id.' })
  @ApiConflictResponse({ description: 'This is your own account, or it is deactivated.' })
  create(@CurrentStaff() actor: StaffActor, @IntParam() id: number): Promise<MadePasswordLinkResponse> {
    return this.resets.create(actor, id);
  }
}
