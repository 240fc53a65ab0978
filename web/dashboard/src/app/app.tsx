import { Center, Loader } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { session, type StaffUser } from '../session/session.js';
import { useSession } from '../session/use-session.js';
import { texts } from './texts.js';

const loadDoor = () => import('../session/login-page.js');
const loadDesk = () => import('./desk.js');
const LoginPage = lazy(async () => ({ default: (await loadDoor()).LoginPage }));
const Desk = lazy(async () => ({ default: (await loadDesk()).Desk }));

// Whichever it will most likely be comes along while the session is looked for.
void (session.isExpected() ? loadDesk() : loadDoor());

/** Whoever has to choose a password or set up a second factor first sees nothing else. */
const FirstStepPage = lazy(async () => ({
  default: (await import('../account/first-step-page.js')).FirstStepPage,
}));

/** Who is here decides what is shown: a moment of looking, the door, or the desk. */
export function App() {
  const state = useSession();
  useEffect(() => void session.restore(), []);
  return (
    <Suspense fallback={<Looking />}>
      {state.phase === 'restoring' && <Looking />}
      {state.phase === 'signed-out' && <LoginPage reason={state.reason} onTyping={() => void loadDesk()} />}
      {state.phase === 'signed-in' && (mustFirst(state.user) ? <FirstStepPage /> : <Desk />)}
    </Suspense>
  );
}

const mustFirst = (user: StaffUser): boolean => user.mustChangePassword || user.mustEnrolTotp;

function Looking() {
  return (
    <Center mih="100dvh">
      <Loader aria-label={texts.loading} />
    </Center>
  );
}
