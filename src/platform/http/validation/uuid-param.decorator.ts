import { Param, type PipeTransform } from '@nestjs/common';
import { invalidField } from '../errors/domain-error.js';
import { isUuid } from './uuid.js';

/** A path parameter that must be a UUID; 400 naming it otherwise. */
export const UuidParam = (name = 'id'): ParameterDecorator => Param(name, asUuid(name));

/** RFC 9562 lets ids come in capitals; stored, compared and named in rooms they are in small letters. */
function asUuid(name: string): PipeTransform<unknown, string> {
  return {
    transform: (id) => {
      if (!isUuid(id)) throw invalidField(name, `${name} must be a UUID`, 'isUuid');
      return id.toLowerCase();
    },
  };
}
