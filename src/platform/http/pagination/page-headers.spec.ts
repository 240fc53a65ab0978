import { describe, expect, it } from '@jest/globals';
import { decodeCursor } from './cursor.js';
import { pageHeaders, type ListRoute } from './page-headers.js';
import { pageOf } from './page.js';

const at = new Date('2035-06-01T12:00:00Z');
const rows = [1, 2, 3].map((n) => ({ id: `00000000-0000-4000-8000-00000000000${n}` }));
const placeOf = ({ id }: { id: string }) => ({ at, id });
const route = (more: Partial<ListRoute> = {}): ListRoute => ({
  desk: { publicUrl: 'https://charity.example' },
  path: '/api/v1/things',
  query: {},
  ...more,
});

/** The query of the next page, as the Link header has it. */
function nextQuery(headers: Record<string, string>): Record<string, string> {
  const [, query] = /^<[^?]*\?([^>]*)>; rel="next"$/.exec(headers['Link'] ?? '') ?? [];
  return Object.fromEntries(new URLSearchParams(query));
}

describe('a page', () => {
  it('names the next one only where one more row was found', () => {
    expect(pageOf(rows, 3, placeOf)).toEqual({ items: rows, nextCursor: undefined });
    expect(pageOf([], 3, placeOf)).toEqual({ items: [], nextCursor: undefined });
    const { items, nextCursor } = pageOf(rows, 2, placeOf);
    expect(items).toEqual(rows.slice(0, 2));
    expect(decodeCursor(nextCursor ?? '')).toEqual({ at, id: rows[1]?.id });
  });
});

describe('the headers of a page', () => {
  it('are none where a list neither counts nor goes on', () => {
    expect(pageHeaders({ items: [], nextCursor: undefined }, route())).toEqual({});
  });

  it('tell the total, and that there are more than that', () => {
    const page = { items: [], nextCursor: undefined, total: 10_000 };
    expect(pageHeaders(page, route())).toEqual({ 'X-Total-Count': '10000' });
    expect(pageHeaders({ ...page, totalIsEstimate: true }, route())).toEqual({
      'X-Total-Count': '10000',
      'X-Total-Estimated': 'true',
    });
  });

  it('keep the filters and the size, and drop the number of the page', () => {
    const page = { items: [], nextCursor: 'abc' };
    const query = { status: 'open', page: '2' };
    expect(nextQuery(pageHeaders(page, route({ query })))).toEqual({
      status: 'open',
      limit: '20',
      cursor: 'abc',
    });
    expect(nextQuery(pageHeaders(page, route()))).toEqual({ limit: '100', cursor: 'abc' });
    const sizes = { paged: 50, unpaged: 50 };
    expect(nextQuery(pageHeaders(page, route({ sizes })))).toEqual({ limit: '50', cursor: 'abc' });
    expect(nextQuery(pageHeaders(page, route({ query: { limit: '7' }, sizes })))).toEqual({
      limit: '7',
      cursor: 'abc',
    });
  });

  it('lead to an address below the path that the desk has', () => {
    const desk = { publicUrl: 'https://charity.example/desk' };
    const headers = pageHeaders({ items: [], nextCursor: 'abc' }, route({ desk }));
    expect(headers['Link']).toBe('</desk/api/v1/things?limit=100&cursor=abc>; rel="next"');
  });
});
