import { applyDecorators } from '@nestjs/common';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';

/** The largest id of a row (PostgreSQL's integer). */
export const LARGEST_ID = 2_147_483_647;

interface Range {
  least: number;
  most: number;
}

/**
 * The number that decimal digits say, undefined for anything else. What JavaScript reads as a number besides, such as `1e0`,
 * `0x1`, ` 1`, `+1`, `1.0` and `01`, is no second name for the same thing.
 */
export function wholeNumber(text: unknown, { least, most }: Range): number | undefined {
  if (typeof text !== 'string' || text.length > 10 || !/^(?:0|[1-9]\d{0,9})$/.test(text)) return undefined;
  const number = Number(text);
  return number >= least && number <= most ? number : undefined;
}

/** A query parameter that holds a whole number, or one of the words. It stays text until the service reads it. */
export function WholeNumberText(least: number, most: number, words: string[] = []): PropertyDecorator {
  const isOne = (value: unknown): boolean =>
    words.includes(value as string) || wholeNumber(value, { least, most }) !== undefined;
  const instead = words.map((word) => `, or ${word}`).join('');
  return ValidateBy({
    name: 'isWholeNumber',
    validator: {
      validate: isOne,
      defaultMessage: () => `$property must be a whole number from ${least} to ${most}${instead}`,
    },
  });
}

/** A whole number of a JSON body. */
export function WholeNumber(least: number, most: number): PropertyDecorator {
  return applyDecorators(IsInt(), Min(least), Max(most));
}
