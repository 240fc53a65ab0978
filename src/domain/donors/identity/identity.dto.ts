import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { MayBeLeftOut } from '../../../platform/http/validation/optional.decorator.js';
import { BoundedText, FormedText, EmailText } from '../../../platform/http/validation/text.decorator.js';

const LONGEST_TOKEN = 4_096;
const LONGEST_DONOR_TOKEN = 100;
/** BCP 47, with an underscore where systems write one. */
const LANGUAGE_TAG = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/;

class UpgradeDto {
  @ApiPropertyOptional({
    description:
      'A guest’s donorToken: the tickets of that session come to this identity. By link only with the nonce and token that asked for it',
  })
  @MayBeLeftOut()
  @BoundedText(LONGEST_DONOR_TOKEN)
  donorToken?: string;
}

export class IdentifyDto extends UpgradeDto {
  @ApiPropertyOptional({
    description: 'The token of your backend (docs/identity.md); may also come as Bearer',
  })
  @MayBeLeftOut()
  @BoundedText(LONGEST_TOKEN)
  token?: string;
}

class NonceDto extends UpgradeDto {
  @ApiPropertyOptional({
    description:
      'Random, made and kept by the browser that asks for a link: it shows that the same one opens it',
  })
  @MayBeLeftOut()
  @FormedText(/^[\w-]+$/, {
    least: 22,
    most: 100,
    message: 'nonce must be 22 to 100 letters, digits, - or _',
  })
  nonce?: string;
}

export class AskForLinkDto extends NonceDto {
  @ApiProperty({ format: 'email' })
  @EmailText()
  email!: string;

  @ApiPropertyOptional({ example: 'de', description: 'The language of the mail' })
  @MayBeLeftOut()
  @FormedText(LANGUAGE_TAG, { most: 35, message: 'locale must be a language tag such as de or pt-BR' })
  locale?: string;
}

export class ResumeDto extends NonceDto {
  @ApiProperty({ description: 'Token from the magic link (URL fragment)' })
  @BoundedText(100)
  token!: string;
}

export class CheckLinkDto extends OmitType(ResumeDto, ['donorToken'] as const) {}

export class LinkCheckedResponse {
  @ApiProperty({ format: 'email', description: 'Whose conversations the link opens' }) email!: string;
  @ApiProperty({ description: 'Whether the browser with this nonce has asked for it' }) isYours!: boolean;
}

export class DonorLogoutDto {
  @ApiPropertyOptional({
    default: false,
    description: 'Also ends the sessions of the same proven identity on other devices',
  })
  @MayBeLeftOut()
  @IsBoolean()
  everywhere?: boolean;
}

export class DonorSessionsEndedResponse {
  @ApiProperty({ description: 'How many sessions were ended' }) ended!: number;
}

/** Somebody whose identity has been proven. */
export class VerifiedDonorResponse {
  @ApiProperty() donorId!: string;
  @ApiProperty({ type: String, nullable: true }) email!: string | null;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
}

export class DonorSignedInResponse {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer`; shown once' }) donorToken!: string;
  @ApiProperty({ format: 'date-time', description: 'When the token ends, unless it is used before' })
  expiresAt!: string;
  @ApiProperty({ type: VerifiedDonorResponse }) donor!: VerifiedDonorResponse;
}

export class DonorWaysResponse {
  @ApiProperty({ description: 'Whether a link by mail opens a donor’s earlier conversations' })
  magicLink!: boolean;
}

export class LinkAskedResponse {
  @ApiProperty({ example: 'If there are conversations under this address, a link is on its way.' })
  message!: string;
}
