import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type AuditEntry } from '../../data/api.js';
import { nextCursor } from '../../data/next-cursor.js';

export interface ActivityFilter {
  /** Id of a member of staff. */
  readonly actor?: string;
  /** An action, or the area before its dot. */
  readonly action?: string;
  /** Days, in the viewer's own time zone; both are included. */
  readonly from?: string;
  readonly to?: string;
}

interface Page {
  readonly entries: readonly AuditEntry[];
  readonly next: string | undefined;
}

/** The audit log, newest first, page by page. */
export function activityQuery(filter: ActivityFilter) {
  return infiniteQueryOptions({
    queryKey: ['activity', filter],
    queryFn: ({ pageParam }) => fetchPage(filter, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page) => page.next,
  });
}

async function fetchPage(filter: ActivityFilter, cursor: string | undefined): Promise<Page> {
  const { from, to, ...rest } = filter;
  const query = {
    ...(rest.action !== undefined && { action: rest.action }),
    ...(rest.actor !== undefined && { actor: Number(rest.actor) }),
    ...(from !== undefined && { from: startOf(from, 0) }),
    ...(to !== undefined && { to: startOf(to, 1) }),
    ...(cursor !== undefined && { cursor }),
  };
  const request = api.GET('/api/v1/audit-log', { params: { query } });
  const entries = await answer(request);
  return { entries, next: nextCursor((await request).response) };
}

/** The first moment of a day, or of one some days later, here. */
function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
