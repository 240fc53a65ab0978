import { Button, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accepted, answer, api } from '../../data/api.js';
import { language } from '../../i18n/language.js';
import { t } from '../../i18n/translate.js';
import { Confirm } from '../../ui/confirm.js';
import { LoadFailed } from '../../ui/feedback.js';
import { ToneBadge } from '../../ui/tone-badge.js';
import { useSubmit } from '../../ui/use-submit.js';
import { momentOf } from '../../ui/when.js';
import { invitationsChanged, invitationsQuery, linkWaysQuery, type Invitation } from './invitations-query.js';
import { LinkToPassOn, type MadeLink } from './link-to-pass-on.js';
import { peopleChanged } from './people-query.js';

/** Who is invited and has not come yet; nothing where nobody is. */
export function Invitations() {
  const query = useQuery(invitationsQuery);
  const count = query.data?.length ?? 0;
  useNewcomers(count);
  if (query.isError && query.data === undefined)
    return (
      <LoadFailed
        text={t('people.invitationsFailed')}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  if (count === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={t('people.invitations')}>
      <Title order={2} size="h5">
        {t('people.invitations')}
      </Title>
      {query.data?.map((invitation) => (
        <Line key={invitation.id} invitation={invitation} />
      ))}
    </Stack>
  );
}

/** An invitation that is gone may be somebody who has come. */
function useNewcomers(count: number): void {
  const [before, setBefore] = useState(count);
  if (count === before) return;
  setBefore(count);
  if (count < before) void peopleChanged();
}

const nameOf = ({ name, email }: Invitation): string => name ?? email ?? t('people.nameless');

function Line({ invitation }: { readonly invitation: Invitation }) {
  const { email, name, role, invitedBy, isOpen, expiresAt, mail } = invitation;
  const by = t('people.invitedBy', { role: t(`people.roles.${role}`), by: invitedBy });
  return (
    <Paper withBorder radius="md" p="sm">
      <Group justify="space-between" gap="sm">
        <Stack gap={2} miw={0} flex="1 1 240px">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{nameOf(invitation)}</bdi>
          </Text>
          {name !== null && email !== null && (
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              <bdi>{email}</bdi>
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {by}
          </Text>
          <Group gap="xs">
            <Text size="xs" c={isOpen ? 'dimmed' : 'var(--danger)'}>
              {isOpen ? t('people.openUntil', { until: momentOf(expiresAt) }) : t('people.expired')}
            </Text>
            {mail !== null && (
              <ToneBadge tone={mail === 'refused' ? 'danger' : 'accent'} size="xs">
                {t(`people.mail.${mail}`)}
              </ToneBadge>
            )}
          </Group>
        </Stack>
        <Actions invitation={invitation} />
      </Group>
    </Paper>
  );
}

function Actions({ invitation }: { readonly invitation: Invitation }) {
  const ways = useQuery(linkWaysQuery);
  const { busy, submit } = useSubmit();
  const [made, setMade] = useState<MadeLink>();
  const [asks, setAsks] = useState(false);
  const name = nameOf(invitation);
  const params = { path: { id: invitation.id } };

  async function renew(by: 'email' | 'link'): Promise<void> {
    await submit(async () => {
      const body = { by, locale: language.locale() };
      const { link, expiresAt, email } = await answer(
        api.POST('/api/v1/invitations/{id}/renew', { params, body }),
      );
      if (link !== null) setMade({ name, link, expiresAt });
      else notifications.show({ message: t('people.invited', { email: email ?? '' }), role: 'status' });
      // The line is another one from then on, and its link would go with it.
      if (link === null) await invitationsChanged();
    });
  }

  async function revoke(): Promise<void> {
    const worked = await submit(async () => {
      await accepted(api.DELETE('/api/v1/invitations/{id}', { params }));
    });
    setAsks(false);
    if (worked) notifications.show({ message: t('people.revoked'), role: 'status' });
    await invitationsChanged();
  }

  const close = (): void => {
    setMade(undefined);
    void invitationsChanged();
  };
  return (
    <Group gap="xs">
      {ways.data?.byEmail && invitation.email !== null && (
        <Button
          size="xs"
          variant="default"
          loading={busy}
          aria-label={t('people.actionFor', { action: t('people.renewMail'), name })}
          onClick={() => void renew('email')}
        >
          {t('people.renewMail')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        loading={busy}
        aria-label={t('people.actionFor', { action: t('people.renewLink'), name })}
        onClick={() => void renew('link')}
      >
        {t('people.renewLink')}
      </Button>
      <Button
        size="xs"
        variant="default"
        c="var(--danger)"
        aria-label={t('people.actionFor', { action: t('people.revoke'), name })}
        onClick={() => setAsks(true)}
      >
        {t('people.revoke')}
      </Button>
      <Confirm
        opened={asks}
        title={t('people.revokeFor', { name })}
        text={t('people.confirmRevoke', { name })}
        action={t('people.revoke')}
        busy={busy}
        onConfirm={() => void revoke()}
        onClose={() => setAsks(false)}
      />
      <Modal opened={made !== undefined} onClose={close} title={t('people.linkFor', { name })}>
        {made !== undefined && <LinkToPassOn made={made} onDone={close} />}
      </Modal>
    </Group>
  );
}
