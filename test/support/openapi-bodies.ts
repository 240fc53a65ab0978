import { readFileSync } from 'node:fs';

interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  minimum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
}

interface Document {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  components: { schemas: Record<string, Schema> };
}

/** Makes a value for a field of this name, or undefined where any will do. */
export type ValueOf = (field: string) => unknown;

/** One text within the body of one route. */
export interface TextPlace {
  /** As faults name it: `skills.0.skill`. */
  location: string;
  /** One of a few words. */
  isEnumerated: boolean;
  /** A body with what the route requires, and this text here. */
  bodyWith(text: string, valueOf: ValueOf): Record<string, unknown>;
}

export interface WriteRoute {
  /** Such as `PATCH /tickets/{id}`. */
  name: string;
  method: string;
  path: string;
  texts: TextPlace[];
}

const ANY = 'x';
const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Document;

/** Every route that takes JSON, with every text that its schema has; enumerated words and ids are texts, too. */
export function writeRoutes(): WriteRoute[] {
  return Object.entries(document.paths).flatMap(([address, methods]) =>
    Object.entries(methods).flatMap(([verb, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      if (schema === undefined) return [];
      const [method, path] = [verb.toUpperCase(), address.replace('/api/v1', '')];
      const { properties = {}, required = [] } = resolve(schema);
      const texts = Object.entries(properties).flatMap(([field, inner]) =>
        placesIn(example(inner, field, () => undefined)).map((way) => ({
          ...placeAt([field, ...way], properties, required),
          isEnumerated: resolve(inner).enum !== undefined,
        })),
      );
      return texts.length === 0 ? [] : [{ name: `${method} ${path}`, method, path, texts }];
    }),
  );
}

function placeAt(
  way: string[],
  properties: Record<string, Schema>,
  required: string[],
): Omit<TextPlace, 'isEnumerated'> {
  return {
    location: way.join('.'),
    bodyWith: (text, valueOf) => {
      const fields = [...new Set([...required, way[0]!])];
      const body = Object.fromEntries(
        fields.map((field) => [field, example(properties[field]!, field, valueOf)]),
      );
      return replaced(body, way, text) as Record<string, unknown>;
    },
  };
}

function resolve(schema: Schema): Schema {
  const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('/').at(-1);
  return name === undefined ? schema : resolve(document.components.schemas[name]!);
}

function example(given: Schema, field: string, valueOf: ValueOf): unknown {
  const schema = resolve(given);
  const wanted = valueOf(field);
  if (wanted !== undefined) return wanted;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, inner]) => [name, example(inner, name, valueOf)]),
    );
  if (schema.type === 'array') return [example(schema.items ?? {}, field, valueOf)];
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  if (schema.type === 'boolean') return true;
  return schema.type === 'object' ? { [ANY]: ANY } : ANY;
}

/** The ways to all texts within a value. */
function placesIn(value: unknown): string[][] {
  if (typeof value === 'string') return [[]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => placesIn(inner).map((way) => [key, ...way]));
}

function replaced(value: unknown, [key, ...way]: string[], text: string): unknown {
  if (key === undefined) return text;
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === key ? replaced(item, way, text) : item));
  const record = value as Record<string, unknown>;
  return { ...record, [key]: replaced(record[key], way, text) };
}
