import { queryOptions } from '@tanstack/react-query';
import { answer, api, type WaitingCallRequest } from '../app/api.js';

export interface Waiting {
  readonly requests: readonly WaitingCallRequest[];
  /** What to add to this computer's clock to get the server's, in ms. */
  readonly clockOffset: number;
}

/** Who waits for a call right now. */
export const waitingQuery = queryOptions({
  queryKey: ['call-requests'],
  queryFn: async (): Promise<Waiting> => {
    const request = api.GET('/api/v1/call-requests');
    const requests = await answer(request);
    const date = (await request).response.headers.get('date');
    return { requests, clockOffset: date === null ? 0 : Date.parse(date) - Date.now() };
  },
});
