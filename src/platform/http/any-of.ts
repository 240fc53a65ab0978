import type { Type } from '@nestjs/common';
import { getSchemaPath } from '@nestjs/swagger';

/**
 * The schema of a route whose response depends on who reads it, for OpenAPI. Not `oneOf`: what staff read has all that a donor
 * reads, so it fits both schemas. Each class must also be named in `@ApiExtraModels`.
 */
export function anyOf(...responses: Type[]): { anyOf: { $ref: string }[] } {
  return { anyOf: responses.map((response) => ({ $ref: getSchemaPath(response) })) };
}
