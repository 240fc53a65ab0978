import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

/** What somebody does in the dashboard; whether colleagues are there, the server sees for itself. */
export const MARKED_STEPS = ['demo', 'snippet', 'dismissed'] as const;
export type MarkedStep = (typeof MARKED_STEPS)[number];

export class MarkFirstStepDto {
  @ApiProperty({ enum: MARKED_STEPS, description: '`dismissed`: nobody wants to see the steps any more.' })
  @IsIn(MARKED_STEPS)
  step!: MarkedStep;
}

/** What a new desk needs, and what of it is done. */
export class FirstStepsResponse {
  @ApiProperty({ description: 'False once all is done, or somebody has dismissed them.' })
  isShown!: boolean;

  @ApiProperty({ description: 'Somebody has opened the demo page.' })
  demo!: boolean;

  @ApiProperty({ description: 'Somebody has copied the snippet.' })
  snippet!: boolean;

  @ApiProperty({ description: 'There are colleagues beside the first accounts, or invitations.' })
  colleagues!: boolean;
}
