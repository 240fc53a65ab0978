import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEmail, IsString, Length, Matches, MaxLength } from 'class-validator';
import { LIMITS } from '../../contract/ticket-fields.js';
import { MayBeLeftOut } from '../tickets/left-out.decorator.js';

const LONGEST_TOKEN = 4_096;
const LONGEST_DONOR_TOKEN = 100;

class UpgradeDto {
  @ApiPropertyOptional({
    description: 'A guest’s donorToken: the tickets of that session come to this identity',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, LONGEST_DONOR_TOKEN)
  donorToken?: string;
}

export class IdentifyDto extends UpgradeDto {
  @ApiPropertyOptional({
    description: 'The token of your backend (docs/identity.md); may also come as Bearer',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, LONGEST_TOKEN)
  token?: string;
}

export class AskForLinkDto {
  @ApiProperty({ format: 'email' })
  @IsEmail()
  @MaxLength(LIMITS.email)
  email!: string;

  @ApiPropertyOptional({ example: 'de', description: 'The language of the mail' })
  @MayBeLeftOut()
  @Matches(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/)
  @MaxLength(35)
  locale?: string;
}

export class ResumeDto extends UpgradeDto {
  @ApiProperty({ description: 'What stands behind # in the link' })
  @IsString()
  @Length(1, 100)
  token!: string;
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

export class DonorSessionsEnded {
  @ApiProperty({ description: 'How many sessions were ended' }) ended!: number;
}

/** Somebody whose identity has been proven. */
export class VerifiedDonor {
  @ApiProperty() donorId!: string;
  @ApiProperty({ type: String, nullable: true }) email!: string | null;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
}

export class DonorSignedIn {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer`; shown once' }) donorToken!: string;
  @ApiProperty({ format: 'date-time', description: 'When the token ends, unless it is used before' })
  expiresAt!: string;
  @ApiProperty({ type: VerifiedDonor }) donor!: VerifiedDonor;
}

export class DonorWays {
  @ApiProperty({ description: 'Whether a link by mail opens a donor’s earlier conversations' })
  magicLink!: boolean;
}

export class LinkAsked {
  @ApiProperty({ example: 'If there are conversations under this address, a link is on its way.' })
  message!: string;
}
