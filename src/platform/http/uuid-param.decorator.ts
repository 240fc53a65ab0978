import { Param, ParseUUIDPipe } from '@nestjs/common';
import { invalidField } from './domain-error.js';

/** A path parameter that must be a UUID; 400 naming it otherwise. */
export const UuidParam = (name = 'id'): ParameterDecorator =>
  Param(
    name,
    new ParseUUIDPipe({ exceptionFactory: () => invalidField(name, `${name} must be a UUID`, 'isUuid') }),
  );
