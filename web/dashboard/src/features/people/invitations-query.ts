import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Shape } from '../../data/api.js';
import { queryClient } from '../../data/query-client.js';

export type Invitation = Shape<'InvitationResponse'>;

/** What nobody has accepted yet. Whether an email has gone out, and who has come, shows by itself. */
export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => answer(api.GET('/api/v1/invitations')),
  refetchInterval: 10_000,
});

/** Whether links can be sent by email here. */
export const linkWaysQuery = queryOptions({
  queryKey: ['password-link-ways'],
  queryFn: () => answer(api.GET('/api/v1/auth/password-links')),
});

export async function invitationsChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['invitations'] });
}
