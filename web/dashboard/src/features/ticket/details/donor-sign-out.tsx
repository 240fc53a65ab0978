import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { answer, api, type Ticket } from '../../../data/api.js';
import { Confirm } from '../../../ui/confirm.js';
import { showFailure } from '../../../ui/feedback.js';
import { t } from '../../../i18n/translate.js';

/** Ends the donor's sessions, for a lost phone or a shared computer. */
export function DonorSignOut({ ticket }: { readonly ticket: Ticket }) {
  const [isAsking, ask] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const signOut = async (): Promise<void> => {
    setBusy(true);
    try {
      await answer(api.POST('/api/v1/tickets/{id}/donor/logout', { params: { path: { id: ticket.id } } }));
      notifications.show({ color: 'green', message: t('ticket.signedOut'), role: 'status' });
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
      ask(false);
    }
  };
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        onClick={() => ask(true)}
        style={{ alignSelf: 'start' }}
      >
        {t('ticket.signOut')}
      </Button>
      <Confirm
        opened={isAsking}
        title={t('ticket.signOut')}
        text={t('ticket.confirmSignOut')}
        action={t('ticket.signOutNow')}
        busy={isBusy}
        onClose={() => ask(false)}
        onConfirm={() => void signOut()}
      />
    </>
  );
}
