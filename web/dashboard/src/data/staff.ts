import { useQuery } from '@tanstack/react-query';
import { answer, api, type StaffMember } from './api.js';

const NOBODY: readonly StaffMember[] = [];

/** Everybody who can own a ticket now. */
export function useStaff(): readonly StaffMember[] {
  const { data } = useQuery({
    queryKey: ['staff'],
    queryFn: () => answer(api.GET('/api/v1/users', { params: { query: { active: 'true' } } })),
    staleTime: 60_000,
  });
  return data ?? NOBODY;
}
