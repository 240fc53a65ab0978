import { ApiProperty } from '@nestjs/swagger';

export class HealthAnswer {
  /** `degraded`: the process answers but its database does not. */
  @ApiProperty({ enum: ['ok', 'degraded'] })
  status!: 'ok' | 'degraded';

  @ApiProperty({ enum: ['up', 'down'] })
  database!: 'up' | 'down';

  /** Seconds since this process started. */
  @ApiProperty({ example: 3_600, description: 'Seconds since this process started.' })
  uptime!: number;

  @ApiProperty({ example: '1.0.0' })
  version!: string;

  @ApiProperty({ format: 'date-time' })
  timestamp!: string;
}

export class PingAnswer {
  @ApiProperty({ enum: ['pong'] })
  status!: 'pong';
}

export class ReadyAnswer {
  @ApiProperty({ enum: ['ready'] })
  status!: 'ready';
}
