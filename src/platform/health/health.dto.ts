import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import type { ProbeStatus } from './probes/health-probes.js';

export class HealthResponse {
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

export class PingResponse {
  @ApiProperty({ enum: ['pong'] })
  status!: 'pong';
}

export class ReadyResponse {
  @ApiProperty({ enum: ['ready'] })
  status!: 'ready';
}

export class HealthPartResponse {
  @ApiProperty({
    enum: ['up', 'degraded', 'down', 'off'],
    description: '`degraded`: works, but wants a look. `off`: not configured.',
  })
  status!: ProbeStatus;

  @ApiProperty({ example: 1.2, description: 'How long the look took, in ms.' })
  latencyMs!: number;

  @ApiPropertyOptional({ example: 'No job waits.' })
  note?: string;
}

@ApiExtraModels(HealthPartResponse)
export class AdvancedHealthResponse {
  /** `degraded`: something is down or wants a look, and the desk works on; `down`: the database is unavailable. */
  @ApiProperty({ enum: ['ok', 'degraded', 'down'] })
  status!: 'ok' | 'degraded' | 'down';

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(HealthPartResponse) },
    description: 'Every part by its name; findings are at most five seconds old.',
  })
  parts!: Record<string, HealthPartResponse>;

  @ApiProperty({ example: 3_600, description: 'Seconds since this process started.' })
  uptime!: number;

  @ApiProperty({ example: '1.0.0' })
  version!: string;

  @ApiProperty({ format: 'date-time' })
  timestamp!: string;
}
