import { Param, ParseUUIDPipe, type PipeTransform } from '@nestjs/common';
import { invalidField } from '../errors/domain-error.js';

/** RFC 9562 lets ids come in capitals; stored, compared and named in rooms they are in small letters. */
const inSmallLetters: PipeTransform<string, string> = { transform: (id) => id.toLowerCase() };

/** A path parameter that must be a UUID; 400 naming it otherwise. */
export const UuidParam = (name = 'id'): ParameterDecorator =>
  Param(
    name,
    new ParseUUIDPipe({ exceptionFactory: () => invalidField(name, `${name} must be a UUID`, 'isUuid') }),
    inSmallLetters,
  );
