import { Center, Loader } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { LoginPage } from '../session/login-page.js';
import { session } from '../session/session.js';
import { useSession } from '../session/use-session.js';
import { connection } from '../live/live.js';
import { queryClient } from './query-client.js';
import { router } from './router.js';
import { texts } from './texts.js';

/** Who is here decides what is shown: a moment of looking, the door, or the desk. */
export function App() {
  const state = useSession();
  useEffect(() => void session.restore(), []);
  const userId = state.phase === 'signed-in' ? state.user.id : undefined;
  useEffect(() => {
    if (userId !== undefined) void connection.authorize();
    else queryClient.clear();
  }, [userId]);

  if (state.phase === 'restoring') {
    return (
      <Center mih="100dvh">
        <Loader aria-label={texts.loading} />
      </Center>
    );
  }
  if (state.phase === 'signed-out') return <LoginPage reason={state.reason} />;
  return <RouterProvider router={router} />;
}
