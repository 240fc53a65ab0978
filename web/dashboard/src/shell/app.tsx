import { Center, Loader } from '@mantine/core';
import { lazy, useEffect, useState } from 'react';
import type { Locale } from '../../../shared/locale.js';
import { language, withWords } from '../i18n/language.js';
import { tokenInAddress } from '../features/password-link/link-address.js';
import { session, type StaffUser } from '../data/session/session.js';
import { useSession } from '../data/session/use-session.js';
import { t } from '../i18n/translate.js';
import { Part } from '../ui/part.js';
import { StartFailed } from './start-failed.js';

const loadDoor = () => withWords(import('../features/login/login-page.js'), 'login');
const loadDesk = () => import('./desk.js');
const LoginPage = lazy(async () => ({ default: (await loadDoor()).LoginPage }));
const Desk = lazy(async () => ({ default: (await loadDesk()).Desk }));

const loadLinkPage = () =>
  withWords(import('../features/password-link/password-link-page.js'), 'password-link');
const PasswordLinkPage = lazy(async () => ({ default: (await loadLinkPage()).PasswordLinkPage }));

/** Set where the page was opened by a link that sets a password, no matter who is signed in here. */
const linkToken = tokenInAddress();

// Whichever it will most likely be comes along while the session is looked for.
void (linkToken !== undefined ? loadLinkPage() : session.isExpected() ? loadDesk() : loadDoor());

/** Anyone who has to choose a password or set up a second factor first sees nothing else. */
const FirstStepPage = lazy(async () => ({
  default: (await withWords(import('../features/account/first-step-page.js'), 'account')).FirstStepPage,
}));

export function App({ locale }: { readonly locale: Locale }) {
  if (linkToken === undefined) return <DoorOrDesk locale={locale} />;
  return (
    <Part loading={<Looking />} failed={(error) => <StartFailed error={error} />}>
      <PasswordLinkPage token={linkToken} />
    </Part>
  );
}

/** Who is here decides what is shown: a moment of looking, the door, or the desk. */
function DoorOrDesk({ locale }: { readonly locale: Locale }) {
  const state = useSession();
  useEffect(() => void session.restore(), []);
  const isTheirs = useOwnLanguage(state.phase === 'signed-in' ? state.user.locale : null, locale);
  return (
    <Part loading={<Looking />} failed={(error) => <StartFailed error={error} />}>
      {(state.phase === 'restoring' || !isTheirs) && <Looking />}
      {state.phase === 'signed-out' && <LoginPage reason={state.reason} onTyping={() => void loadDesk()} />}
      {state.phase === 'signed-in' && isTheirs && (mustFirst(state.user) ? <FirstStepPage /> : <Desk />)}
    </Part>
  );
}

/** Whether the page speaks the language that somebody has chosen; what they see waits for it. */
function useOwnLanguage(chosen: Locale | null, spoken: Locale): boolean {
  const [unavailable, setUnavailable] = useState<Locale>();
  useEffect(() => {
    if (chosen === null || chosen === spoken) return;
    language.change(chosen).catch((error: unknown) => {
      setUnavailable(chosen);
      reportError(error);
    });
  }, [chosen, spoken]);
  return chosen === null || chosen === spoken || chosen === unavailable;
}

const mustFirst = (user: StaffUser): boolean => user.mustChangePassword || user.mustEnrolTotp;

function Looking() {
  return (
    <Center mih="100dvh">
      <Loader aria-label={t('core.loading')} />
    </Center>
  );
}
