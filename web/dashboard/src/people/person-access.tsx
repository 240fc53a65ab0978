import { Button, Modal, Stack, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { accepted, answer, api, type StaffRecord } from '../app/api.js';
import { Confirm } from '../app/confirm.js';
import { LinkAnchor } from '../app/links.js';
import { useSubmit } from '../app/use-submit.js';
import { useMe } from '../session/use-session.js';
import { Password } from './new-person.js';
import { peopleChanged } from './people-query.js';
import { words } from './people-texts.js';

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
      }, words.totpGone),
    deactivate: () =>
      act(async () => {
        await accepted(api.DELETE('/api/v1/users/{id}', { params }));
      }, words.gone(name)),
  };
  const asked: Record<Question, { title: string; text: string }> = {
    password: { title: words.resetPassword, text: words.confirmPassword(name) },
    totp: { title: words.resetTotp, text: words.confirmTotp(name) },
    deactivate: { title: words.deactivate, text: words.confirmDeactivate(name, openTickets) },
  };

  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {words.access}
      </Title>
      {openTickets > 0 && (
        <LinkAnchor to="/tickets" search={{ owner: String(person.id) }} size="sm">
          {words.theirTickets(openTickets)}
        </LinkAnchor>
      )}
      {person.id !== me.id && (
        <>
          <Button variant="default" onClick={() => setQuestion('password')}>
            {words.resetPassword}
          </Button>
          {person.totpEnabled && (
            <Button variant="default" onClick={() => setQuestion('totp')}>
              {words.resetTotp}
            </Button>
          )}
          {person.isActive ? (
            <Button variant="default" c="var(--danger)" onClick={() => setQuestion('deactivate')}>
              {words.deactivate}
            </Button>
          ) : (
            <Button
              variant="default"
              loading={busy}
              onClick={() =>
                void act(async () => {
                  await answer(api.PATCH('/api/v1/users/{id}', { params, body: { isActive: true } }));
                }, words.back(name))
              }
            >
              {words.reactivate}
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
        title={words.resetPassword}
      >
        {password !== undefined && (
          <Password made={{ name, username, password }} onDone={() => setPassword(undefined)} />
        )}
      </Modal>
    </Stack>
  );
}
