import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, useEffect } from 'react';
import { connection } from '../data/live/live.js';
import { useMe } from '../data/session/use-session.js';
import { queryClient } from '../data/query-client.js';
import { partFailed } from '../ui/feedback.js';
import { Part } from '../ui/part.js';
import { router } from './router.js';

const Toasts = lazy(async () => ({ default: (await import('../ui/toasts.js')).Toasts }));

/** Everything behind the door. What was loaded for one person is gone before the next one comes. */
export function Desk() {
  const { id } = useMe();
  useEffect(() => {
    void connection.authorize();
    return () => queryClient.clear();
  }, [id]);
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Part failed={partFailed}>
        <Toasts />
      </Part>
    </QueryClientProvider>
  );
}
