import { Center, Loader } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { session } from '../session/session.js';
import { useSession } from '../session/use-session.js';
import { connection } from '../live/live.js';
import { queryClient } from './query-client.js';
import { router } from './router.js';
import { texts } from './texts.js';

/** Whoever is signed in already never loads the door. */
const LoginPage = lazy(async () => ({ default: (await import('../session/login-page.js')).LoginPage }));

/** Whoever has to set up a second factor first sees nothing else. */
const EnrolPage = lazy(async () => ({ default: (await import('../account/enrol-page.js')).EnrolPage }));

/** Who is here decides what is shown: a moment of looking, the door, or the desk. */
export function App() {
  const state = useSession();
  useEffect(() => void session.restore(), []);
  const mustEnrol = state.phase === 'signed-in' && state.user.mustEnrolTotp;
  const userId = state.phase === 'signed-in' && !mustEnrol ? state.user.id : undefined;
  useEffect(() => {
    if (userId !== undefined) void connection.authorize();
    else queryClient.clear();
  }, [userId]);

  if (state.phase === 'restoring') return <Looking />;
  if (state.phase === 'signed-in' && !mustEnrol) return <RouterProvider router={router} />;
  return (
    <Suspense fallback={<Looking />}>
      {state.phase === 'signed-in' ? <EnrolPage /> : <LoginPage reason={state.reason} />}
    </Suspense>
  );
}

function Looking() {
  return (
    <Center mih="100dvh">
      <Loader aria-label={texts.loading} />
    </Center>
  );
}
