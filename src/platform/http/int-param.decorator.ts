import { Param, type PipeTransform } from '@nestjs/common';
import { invalidField } from './domain-error.js';

const LARGEST = 2_147_483_647;

/** A path parameter that must be the whole-number id of a row; 400 naming it otherwise. */
export const IntParam = (name = 'id'): ParameterDecorator => Param(name, asId(name));

function asId(name: string): PipeTransform<string, number> {
  return {
    transform: (text) => {
      const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Infinity;
      if (id > LARGEST) throw invalidField(name, `${name} must be a whole number`, 'isInt');
      return id;
    },
  };
}
