import { Button, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { answer, api, type StaffRecord } from '../../data/api.js';
import { t } from '../../i18n/translate.js';
import { useSubmit } from '../../ui/use-submit.js';
import { LinkToPassOn, type MadeLink } from './link-to-pass-on.js';

/** For somebody who has forgotten their password: a link by which they set another one. */
export function PasswordLinkButton({ person: { id, name } }: { readonly person: StaffRecord }) {
  const { busy, submit } = useSubmit();
  const [made, setMade] = useState<MadeLink>();

  async function make(): Promise<void> {
    await submit(async () => {
      const params = { path: { id } };
      const { link, expiresAt } = await answer(api.POST('/api/v1/users/{id}/password-links', { params }));
      setMade({ name, link, expiresAt });
    });
  }

  return (
    <>
      <Button variant="default" loading={busy} onClick={() => void make()}>
        {t('people.passwordLink')}
      </Button>
      <Text size="xs" c="dimmed">
        {t('people.passwordLinkHint', { name })}
      </Text>
      <Modal
        opened={made !== undefined}
        onClose={() => setMade(undefined)}
        title={t('people.linkFor', { name })}
      >
        {made !== undefined && <LinkToPassOn made={made} onDone={() => setMade(undefined)} />}
      </Modal>
    </>
  );
}
