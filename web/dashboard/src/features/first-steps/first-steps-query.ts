import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../data/api.js';
import { queryClient } from '../../data/query-client.js';

export const firstStepsQuery = queryOptions({
  queryKey: ['first-steps'],
  queryFn: () => answer(api.GET('/api/v1/desk/first-steps')),
});

/** Marks a step for all super admins and browsers. Here the steps stay until the next look: the last one may be copied again. */
export async function markStep(step: 'demo' | 'snippet' | 'dismissed'): Promise<void> {
  const steps = await answer(api.POST('/api/v1/desk/first-steps', { body: { step } }));
  queryClient.setQueryData(firstStepsQuery.queryKey, { ...steps, isShown: step !== 'dismissed' });
}
