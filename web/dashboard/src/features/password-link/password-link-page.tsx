import '../../ui/mantine-password.css';
import { Alert, Button, Center, Loader } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { answer, api, type Shape } from '../../data/api.js';
import { useLocale } from '../../i18n/language.js';
import { wordsFor } from '../../i18n/refusals.js';
import { t } from '../../i18n/translate.js';
import { Door } from '../../ui/door.js';
import { isGone, isNoToken } from './form-props.js';
import { InvitationForm } from './invitation-form.js';
import { leaveLink } from './link-address.js';
import { ResetForm } from './reset-form.js';

type CheckedLink = Shape<'PasswordLinkCheckedResponse'>;
type State =
  { at: 'checking' } | { at: 'open'; link: CheckedLink } | { at: 'gone' } | { at: 'failed'; error: unknown };

/** What a link opens by which somebody sets a password: an invitation to accept, or an account of theirs. */
export function PasswordLinkPage({ token }: { readonly token: string }) {
  useLocale();
  const [state, setState] = useState<State>({ at: token === '' ? 'gone' : 'checking' });
  const check = useCallback(async () => {
    if (token === '') return;
    setState({ at: 'checking' });
    try {
      const body = { token };
      setState({ at: 'open', link: await answer(api.POST('/api/v1/auth/password-links/check', { body })) });
    } catch (error) {
      setState(isGone(error) || isNoToken(error) ? { at: 'gone' } : { at: 'failed', error });
    }
  }, [token]);
  useEffect(() => void check(), [check]);
  useAnotherLink();

  if (state.at === 'checking')
    return (
      <Center mih="100dvh">
        <Loader aria-label={t('core.loading')} />
      </Center>
    );
  const onGone = () => setState({ at: 'gone' });
  if (state.at === 'open')
    return state.link.kind === 'invitation' ? (
      <InvitationForm token={token} link={state.link} onGone={onGone} />
    ) : (
      <ResetForm token={token} link={state.link} onGone={onGone} />
    );
  return state.at === 'gone' ? <Gone /> : <Failed error={state.error} onRetry={() => void check()} />;
}

/** Pasting another link into the same tab changes what stands behind the #, and loads nothing by itself. */
function useAnotherLink(): void {
  useEffect(() => {
    const reload = () => location.reload();
    window.addEventListener('hashchange', reload);
    return () => window.removeEventListener('hashchange', reload);
  }, []);
}

function Gone() {
  const [problem, setProblem] = useState('');
  return (
    <Door
      title={t('password-link.gone.title')}
      intro={problem || t('password-link.gone.text')}
      onTrouble={(error) => setProblem(wordsFor(error))}
    >
      <Button onClick={leaveLink}>{t('password-link.back')}</Button>
    </Door>
  );
}

function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const [problem, setProblem] = useState(error);
  return (
    <Door title={t('core.failed')} intro={t('password-link.failed')} onTrouble={setProblem}>
      <Alert color="red" role="alert" variant="light">
        {wordsFor(problem)}
      </Alert>
      <Button variant="default" onClick={onRetry}>
        {t('core.retry')}
      </Button>
    </Door>
  );
}
