import { describe, expect, test } from '@jest/globals';
import { read, sourceFiles } from './sources.js';

interface Operation {
  requestBody?: unknown;
  responses: unknown;
}

const { paths, components } = JSON.parse(read('docs/openapi.json')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};
const operations = Object.values(paths).flatMap((methods) => Object.values(methods));

/** The names of all schemas that a part of the document refers to, directly or through others. */
function schemasIn(part: unknown, found = new Set<string>()): Set<string> {
  for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    schemasIn(components.schemas[name], found);
  }
  return found;
}

const inRequests = schemasIn(operations.map(({ requestBody = null }) => requestBody));
const inResponses = schemasIn(operations.map(({ responses }) => responses));
const isListOfWords = (name: string): boolean => JSON.stringify(components.schemas[name]).includes('"enum":');
const isObject = (name: string): boolean =>
  JSON.stringify(components.schemas[name]).includes('"properties":');

describe('names of requests and responses', () => {
  test('every schema of a request ends in Dto', () => {
    expect([...inRequests].filter((name) => !name.endsWith('Dto'))).toEqual([]);
    expect(inRequests.size).toBeGreaterThan(30);
  });

  test('every schema of a response ends in Response, unless a request has it too', () => {
    const others = [...inResponses].filter((name) => isObject(name) && !inRequests.has(name));
    expect(others.filter((name) => !name.endsWith('Response'))).toEqual([]);
    expect(others.length).toBeGreaterThan(50);
  });

  test('what is neither is a list of words', () => {
    const named = Object.keys(components.schemas).filter((name) => !/(Dto|Response)$/.test(name));
    expect(named.filter((name) => isObject(name) || !isListOfWords(name))).toEqual([]);
  });

  test('what a controller takes from a request ends in Dto', () => {
    const taken = sourceFiles('src', ['.ts'])
      .filter((file) => file.endsWith('.controller.ts'))
      .flatMap((file) => [...read(file).matchAll(/@(?:Body|Query|Param)\([^)]*\)[^:]*: ([A-Z]\w+)/g)])
      .map(([, name = '']) => name);
    expect(taken.filter((name) => !name.endsWith('Dto'))).toEqual([]);
    expect(taken.length).toBeGreaterThan(40);
  });
});
