import { queryOptions } from '@tanstack/react-query';
import { accepted, answer, api, type Shape } from '../../data/api.js';
import { queryClient } from '../../data/query-client.js';

export type SignIn = Shape<'SessionResponse'>;

/** Whose sign-ins: one's own, or those of a colleague, for super admins. */
export type Whose = 'own' | { readonly id: number; readonly name: string };

const keyOf = (whose: Whose) => ['sign-ins', whose === 'own' ? whose : whose.id] as const;

/** Where somebody is signed in, the one used last first. */
export const signInsQuery = (whose: Whose) =>
  queryOptions({
    queryKey: keyOf(whose),
    queryFn: () =>
      whose === 'own'
        ? answer(api.GET('/api/v1/auth/sessions'))
        : answer(api.GET('/api/v1/users/{id}/sessions', { params: { path: { id: whose.id } } })),
  });

/** Ends one; resolves once the list is up to date, also when it was refused. */
export function endSignIn(whose: Whose, { id }: SignIn): Promise<void> {
  const ending =
    whose === 'own'
      ? accepted(api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } }))
      : accepted(
          api.DELETE('/api/v1/users/{id}/sessions/{sessionId}', {
            params: { path: { id: whose.id, sessionId: id } },
          }),
        );
  return thenReload(whose, ending);
}

/** Ends all of one's own but this one. */
export function endOtherSignIns(): Promise<void> {
  return thenReload('own', accepted(api.DELETE('/api/v1/auth/sessions')));
}

async function thenReload(whose: Whose, ending: Promise<unknown>): Promise<void> {
  try {
    await ending;
  } finally {
    await queryClient.invalidateQueries({ queryKey: keyOf(whose) });
  }
}
