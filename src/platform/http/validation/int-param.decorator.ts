import { Param, type PipeTransform } from '@nestjs/common';
import { invalidField } from '../errors/domain-error.js';
import { LARGEST_ID, wholeNumber } from './whole-number.js';

/** A path parameter that must be the whole-number id of a row; 400 naming it otherwise. */
export const IntParam = (name = 'id'): ParameterDecorator => Param(name, asId(name));

function asId(name: string): PipeTransform<string, number> {
  return {
    transform: (text) => {
      const id = wholeNumber(text, { least: 1, most: LARGEST_ID });
      if (id === undefined) throw invalidField(name, `${name} must be a whole number`, 'isInt');
      return id;
    },
  };
}
