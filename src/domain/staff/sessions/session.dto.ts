import { ApiProperty } from '@nestjs/swagger';
import type { StaffLogin } from '../../../platform/database/generated/client.js';
import type { StaffActor } from '../../auth/actor.js';

/** A place where a member of staff is signed in. */
export class SessionResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time', description: 'When the person signed in.' })
  createdAt!: string;

  @ApiProperty({
    format: 'date-time',
    description: 'When it last renewed its tokens: at most 15 minutes ago while it is in use.',
  })
  lastUsedAt!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    description: 'What the browser calls itself. Anybody can make that up.',
  })
  userAgent!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '203.0.113.7',
    description: 'Where it was last used.',
  })
  address!: string | null;

  @ApiProperty({ description: 'It was made with a second factor, or has set one up.' })
  secondFactor!: boolean;

  @ApiProperty({ description: 'The request comes from this one.' })
  current!: boolean;
}

export function toSession(login: StaffLogin, { loginId }: StaffActor): SessionResponse {
  const { id, createdAt, lastUsedAt, userAgent, address, secondFactor } = login;
  return {
    id,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    userAgent,
    address,
    secondFactor,
    current: id === loginId,
  };
}
