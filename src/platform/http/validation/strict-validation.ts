import { ValidationPipe } from '@nestjs/common';
import { badRequest } from '../errors/domain-error.js';
import { fieldErrors } from './field-errors.js';

/**
 * The one validation pipe: unknown fields are refused, nothing is converted, and the answer names every bad field with the
 * first rule that it breaks; rules after that one do not run (text.decorator.ts). Numbers of addresses stay text until
 * whole-number.ts has read them.
 */
class StrictValidation extends ValidationPipe {
  /** Nest's own reads `1e0`, `0x1` and a blank before a digit as numbers, before any pipe of a parameter sees them. */
  protected override transformPrimitive(value: unknown): unknown {
    return value;
  }
}

export function strictValidation(): ValidationPipe {
  return new StrictValidation({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    transformOptions: { enableImplicitConversion: false, exposeUnsetFields: false },
    stopAtFirstError: true,
    exceptionFactory: (errors) => badRequest('Some fields need attention.', fieldErrors(errors)),
  });
}
