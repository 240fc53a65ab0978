import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../../data/api.js';

/** Who waits for a call right now. */
export const waitingQuery = queryOptions({
  queryKey: ['call-requests'],
  queryFn: () => answer(api.GET('/api/v1/call-requests')),
});
