import { Button, Modal, Stack, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { accepted, answer, api, type StaffRecord } from '../../data/api.js';
import { Confirm } from '../../ui/confirm.js';
import { LinkAnchor } from '../../ui/links.js';
import { useSubmit } from '../../ui/use-submit.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';
import { Password } from './new-person.js';
import { PasswordLinkButton } from './password-link-button.js';
import { peopleChanged } from './people-query.js';

type Question = 'password' | 'totp' | 'deactivate';

/** Whether and how somebody gets in. Each of these asks first; one's own account is on the account page. */
export function PersonAccess({ person }: { person: StaffRecord }) {
  const me = useMe();
  const { busy, submit } = useSubmit();
  const [question, setQuestion] = useState<Question>();
  const [password, setPassword] = useState<string>();
  const { name, username, openTickets } = person;
  const params = { path: { id: person.id } };

  const tell = (message: string) => notifications.show({ message, role: 'status' });

  async function act(work: () => Promise<void>, message?: string): Promise<void> {
    const worked = await submit(async () => {
      await work();
      await peopleChanged();
    });
    setQuestion(undefined);
    if (worked && message !== undefined) tell(message);
  }

  const acts: Record<Question, () => Promise<void>> = {
    password: () =>
      act(async () => {
        const made = await answer(api.PUT('/api/v1/users/{id}/password', { params, body: {} }));
        setPassword(made.oneTimePassword ?? '');
      }),
    totp: () =>
      act(async () => {
        await accepted(api.DELETE('/api/v1/users/{id}/totp', { params }));
      }, t('people.totpGone')),
    deactivate: () =>
      act(
        async () => {
          await accepted(api.DELETE('/api/v1/users/{id}', { params }));
        },
        t('people.gone', { name }),
      ),
  };
  const asked: Record<Question, { title: string; text: string }> = {
    password: { title: t('people.resetPassword'), text: t('people.confirmPassword', { name }) },
    totp: { title: t('people.resetTotp'), text: t('people.confirmTotp', { name }) },
    deactivate: {
      title: t('people.deactivate'),
      text: t('people.confirmDeactivate', { name, open: openTickets }),
    },
  };

  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('people.access')}
      </Title>
      {openTickets > 0 && (
        <LinkAnchor to="/tickets" search={{ owner: String(person.id) }} size="sm">
          {t('people.theirTickets', { open: openTickets })}
        </LinkAnchor>
      )}
      {person.id !== me.id && (
        <>
          {person.isActive && <PasswordLinkButton person={person} />}
          <Button variant="default" onClick={() => setQuestion('password')}>
            {t('people.resetPassword')}
          </Button>
          {person.totpEnabled && (
            <Button variant="default" onClick={() => setQuestion('totp')}>
              {t('people.resetTotp')}
            </Button>
          )}
          {person.isActive ? (
            <Button variant="default" c="var(--danger)" onClick={() => setQuestion('deactivate')}>
              {t('people.deactivate')}
            </Button>
          ) : (
            <Button
              variant="default"
              loading={busy}
              onClick={() =>
                void act(
                  async () => {
                    await answer(api.PATCH('/api/v1/users/{id}', { params, body: { isActive: true } }));
                  },
                  t('people.back', { name }),
                )
              }
            >
              {t('people.reactivate')}
            </Button>
          )}
        </>
      )}
      <Confirm
        opened={question !== undefined}
        title={question ? asked[question].title : ''}
        text={question ? asked[question].text : ''}
        action={question ? asked[question].title : ''}
        busy={busy}
        onConfirm={() => question && void acts[question]()}
        onClose={() => setQuestion(undefined)}
      />
      <Modal
        opened={password !== undefined}
        onClose={() => setPassword(undefined)}
        title={t('people.resetPassword')}
      >
        {password !== undefined && (
          <Password made={{ name, username, password }} onDone={() => setPassword(undefined)} />
        )}
      </Modal>
    </Stack>
  );
}
