import { ValidateBy, type ValidationOptions } from 'class-validator';

/** The value, printed as JSON, takes at most `limit` bytes of UTF-8. */
export function MaxBytes(limit: number, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'maxBytes',
      constraints: [limit],
      validator: {
        validate: (value: unknown) => Buffer.byteLength(JSON.stringify(value)) <= limit,
        defaultMessage: () => `$property must take at most ${limit} bytes as JSON`,
      },
    },
    options,
  );
}
