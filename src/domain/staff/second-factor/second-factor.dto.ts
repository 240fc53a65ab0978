import { ApiProperty } from '@nestjs/swagger';
import { BoundedText } from '../../../platform/http/validation/text.decorator.js';

/** Room for a code of six digits or a recovery code, blanks and dashes included. */
const LONGEST_CODE = 40;

export class PasswordDto {
  @ApiProperty({ maxLength: 200, description: 'The caller’s own password.' })
  @BoundedText(200)
  password!: string;
}

export class ConfirmTotpDto {
  @ApiProperty({ example: '123456', description: 'What the app shows now.' })
  @BoundedText(LONGEST_CODE)
  code!: string;
}

export class TurnOffTotpDto extends PasswordDto {
  @ApiProperty({ example: '123456', description: 'What the app shows now, or a recovery code.' })
  @BoundedText(LONGEST_CODE)
  code!: string;
}

export class TotpOfferResponse {
  @ApiProperty({
    example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    description: 'Base32, to be typed into an app.',
  })
  secret!: string;

  @ApiProperty({ description: 'The same for a QR code.', example: 'otpauth://totp/Concierge:maria?issuer=…' })
  uri!: string;
}

export class RecoveryCodesResponse {
  @ApiProperty({
    type: [String],
    example: ['abcde-fghjk-mnpqr'],
    description: 'Each works once instead of a code. Shown only now.',
  })
  recoveryCodes!: string[];
}
