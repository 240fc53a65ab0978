import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface Document {
  paths: Record<string, Record<string, unknown>>;
}

const ROUTE = /`(GET|POST|PUT|PATCH|DELETE) (\/[^`\s]*)`/g;

/** Parameters by position: one API says :id where another says :ticketId. */
const plain = (path: string): string => path.replace(/:\w+|\{\w+\}/g, '*');

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Document;
const known = new Set(
  Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map(
      (method) => `${method.toUpperCase()} ${plain(path.replace(/^\/api\/v1/, ''))}`,
    ),
  ),
);

/** The column of routes, of every row of every table. */
function mappedRoutes(): string[] {
  const page = readFileSync('docs/compatibility.md', 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| '));
  return rows.flatMap((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    return [...(cells[2] ?? '').matchAll(ROUTE)].map(([, method, path]) => `${method} ${plain(path ?? '')}`);
  });
}

describe('docs/compatibility.md', () => {
  const routes = mappedRoutes();

  it('maps every documented route', () => {
    expect(new Set(routes).size).toBeGreaterThanOrEqual(40);
  });

  it.each([...new Set(routes)])('%s exists', (route) => {
    expect(known).toContain(route);
  });
});
