import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import {
  ERROR_CODES,
  type ErrorBody,
  type ErrorCode,
  type FieldError,
} from '../../../contract/error-codes.js';

@ApiSchema({ name: 'FieldError' })
class FieldErrorAnswer implements FieldError {
  @ApiProperty({
    example: 'subject',
    description: 'Where the fault is: a field, with its path, or a header.',
  })
  location!: string;

  @ApiProperty({ example: 'subject must be a string' })
  message!: string;

  @ApiProperty({ example: 'isString' })
  type!: string;

  @ApiPropertyOptional({ example: 'object', description: 'The kind of value that was sent instead.' })
  context?: string;
}

/** ErrorBody, for the documentation. */
@ApiSchema({ name: 'ErrorBody' })
export class ErrorAnswer implements ErrorBody {
  @ApiProperty({ enum: [false] })
  success!: false;

  @ApiProperty({ example: 404 })
  statusCode!: number;

  @ApiProperty({ enum: ERROR_CODES, enumName: 'ErrorCode' })
  error!: ErrorCode;

  @ApiProperty()
  message!: string;

  @ApiPropertyOptional({ type: [FieldErrorAnswer] })
  errors?: FieldErrorAnswer[];

  @ApiProperty({ example: '/api/v1/tickets' })
  path!: string;

  @ApiProperty({ format: 'date-time' })
  timestamp!: string;

  @ApiProperty()
  requestId!: string;

  [detail: string]: unknown;
}
