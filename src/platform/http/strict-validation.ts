import { ValidationPipe } from '@nestjs/common';
import { badRequest } from './domain-error.js';
import { fieldErrors } from './field-errors.js';

/**
 * The one validation pipe: unknown fields are refused, nothing is converted unless its DTO says so, and the answer names
 * every bad field with the first rule that it breaks; rules after that one do not run (text.decorator.ts). DTOs of query strings convert with `@Type(() => Number)`; DTOs of bodies never do.
 */
export function strictValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    transformOptions: { enableImplicitConversion: false, exposeUnsetFields: false },
    stopAtFirstError: true,
    exceptionFactory: (errors) => badRequest('Some fields need attention.', fieldErrors(errors)),
  });
}
