import { queryOptions } from '@tanstack/react-query';
import { answer, api, type StaffRecord } from '../../data/api.js';
import { queryClient } from '../../data/query-client.js';

/** Everybody who works here, deactivated ones too, as super admins see them. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async () => (await answer(api.GET('/api/v1/users'))).filter(isRecord),
});

/** The server sends the richer shape to super admins, and only they see this page. */
function isRecord(member: object): member is StaffRecord {
  return 'openTickets' in member;
}

/** Lists of colleagues are out of date. */
export async function peopleChanged(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['people'] }),
    queryClient.invalidateQueries({ queryKey: ['staff'] }),
  ]);
}
