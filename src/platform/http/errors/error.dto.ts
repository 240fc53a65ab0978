import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ERROR_CODES,
  type ErrorBody,
  type ErrorCode,
  type FieldError,
} from '../../../contract/error-codes.js';

class FieldErrorResponse implements FieldError {
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

/** How every failure is answered. */
export class ErrorResponse implements ErrorBody {
  @ApiProperty({ enum: [false] })
  success!: false;

  @ApiProperty({ example: 404 })
  statusCode!: number;

  @ApiProperty({ enum: ERROR_CODES, enumName: 'ErrorCode' })
  error!: ErrorCode;

  @ApiProperty()
  message!: string;

  @ApiPropertyOptional({ type: [FieldErrorResponse] })
  errors?: FieldErrorResponse[];

  @ApiProperty({ example: '/api/v1/tickets' })
  path!: string;

  @ApiProperty({ format: 'date-time' })
  timestamp!: string;

  @ApiProperty()
  requestId!: string;

  [detail: string]: unknown;
}
