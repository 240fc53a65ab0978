import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateIf } from 'class-validator';

/**
 * The ways in which a field of a body may be absent. Where null clears what is stored, a DTO takes class-validator's own
 * `IsOptional`, which lets null through.
 */

/** May be left out of a body; null says the same, since many clients send every field they know. */
export const MayBeLeftOut = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => value ?? undefined),
    IsOptional(),
  );

/** May be left out of a body; null is refused as any other wrong value. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_body, value) => value !== undefined);
