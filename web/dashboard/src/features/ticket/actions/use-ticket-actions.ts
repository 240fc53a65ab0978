import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { createElement, useState } from 'react';
import type { TicketStatus } from '../../../../../../src/contract/ticket-status.js';
import { accepted, answer, api, asStaffTicket, type Shape, type Ticket } from '../../../data/api.js';
import { showFailure } from '../../../ui/feedback.js';
import { wordsFor } from '../../../i18n/refusals.js';
import { Failure } from '../../../../../client/failure.js';
import { t } from '../../../i18n/translate.js';
import { downloadTranscript } from './transcript.js';
import { keepTicket, refreshTicket } from '../sync/use-ticket.js';
import { UndoNotice } from './undo-notice.js';

export type TicketFields = Shape<'UpdateTicketDto'>;

export interface TicketActions {
  /** The name of the action under way. */
  readonly busy: string | undefined;
  readonly accept: () => Promise<boolean>;
  /** Takes it from its owner: only naming the new one does. */
  readonly takeOver: (adminId: number) => Promise<boolean>;
  readonly resolve: () => Promise<boolean>;
  readonly close: () => Promise<boolean>;
  readonly cancel: () => Promise<boolean>;
  readonly reopen: () => Promise<boolean>;
  readonly remove: () => Promise<boolean>;
  readonly remind: () => Promise<boolean>;
  readonly download: () => Promise<boolean>;
  readonly mailTranscript: () => Promise<boolean>;
  readonly calledBack: () => Promise<boolean>;
  readonly update: (fields: TicketFields) => Promise<boolean>;
  readonly transfer: (toAdminId: number, transferNotes: string) => Promise<boolean>;
}

type Run = (name: string, request: () => Promise<unknown>) => Promise<boolean>;

/** Everything that can be done to a ticket. A refusal is told, and answers false. */
export function useTicketActions(ticket: Ticket): TicketActions {
  const client = useQueryClient();
  const [busy, setBusy] = useState<string>();
  const run: Run = async (name, request) => {
    setBusy(name);
    try {
      await request();
      return true;
    } catch (error) {
      tellRefusal(error);
      return false;
    } finally {
      setBusy(undefined);
    }
  };
  /** The same for a request that answers with the ticket. */
  const change: Run = async (name, request) => {
    const isDone = await run(name, async () => keepTicket(client, asStaffTicket(await request())));
    // Somebody else may have been quicker: what is here may be out of date.
    if (!isDone) refreshTicket(client, ticket.id).catch(showFailure);
    return isDone;
  };
  return {
    busy,
    ...endings(ticket, change),
    ...changes(ticket, change),
    ...handouts(ticket, run),
    remove: () =>
      run('remove', () =>
        answer(api.DELETE('/api/v1/tickets/{id}', { params: { path: { id: ticket.id } } })),
      ),
  };
}

function endings(
  ticket: Ticket,
  change: Run,
): Pick<TicketActions, 'resolve' | 'close' | 'cancel' | 'reopen'> {
  const params = { path: { id: ticket.id } };
  const reopen = () => change('reopen', () => answer(api.PUT('/api/v1/tickets/{id}/reopen', { params })));
  const end = async (to: 'resolve' | 'close', status: TicketStatus): Promise<boolean> => {
    const done = await change(to, () => answer(api.PUT(`/api/v1/tickets/{id}/${to}`, { params })));
    if (done) offerUndo(ticket, status, () => void reopen());
    return done;
  };
  return {
    reopen,
    resolve: () => end('resolve', 'resolved'),
    close: () => end('close', 'closed'),
    cancel: () => change('cancel', () => answer(api.PUT('/api/v1/tickets/{id}/cancel', { params }))),
  };
}

/** What reaches the donor, or somebody's disk, and leaves the ticket as it is. */
function handouts(ticket: Ticket, run: Run): Pick<TicketActions, 'remind' | 'download' | 'mailTranscript'> {
  const params = { path: { id: ticket.id } };
  const told = async (done: Promise<boolean>, message: string): Promise<boolean> => {
    if (await done) notifications.show({ color: 'green', message, role: 'status' });
    return done;
  };
  const remind = () => answer(api.POST('/api/v1/tickets/{id}/reminder', { params }));
  const mail = () => accepted(api.POST('/api/v1/tickets/{id}/transcript', { params }));
  return {
    remind: () => told(run('remind', remind), t('ticket.reminded')),
    download: () => run('download', () => downloadTranscript(ticket)),
    mailTranscript: () => told(run('mail', mail), t('ticket.mailed')),
  };
}

function changes(
  ticket: Ticket,
  change: Run,
): Pick<TicketActions, 'accept' | 'takeOver' | 'calledBack' | 'update' | 'transfer'> {
  const params = { path: { id: ticket.id } };
  return {
    accept: () =>
      change('accept', () => answer(api.PUT('/api/v1/tickets/{id}/assign', { params, body: {} }))),
    takeOver: (adminId) =>
      change('accept', () => answer(api.PUT('/api/v1/tickets/{id}/assign', { params, body: { adminId } }))),
    calledBack: () =>
      change('callback', () => answer(api.DELETE('/api/v1/tickets/{id}/callback', { params }))),
    update: (body) => change('update', () => answer(api.PATCH('/api/v1/tickets/{id}', { params, body }))),
    transfer: (toAdminId, notes) => {
      const body = { toAdminId, ...(notes.trim() && { transferNotes: notes.trim() }) };
      return change('transfer', () => answer(api.POST('/api/v1/tickets/{id}/transfer', { params, body })));
    },
  };
}

/** That a colleague has accepted first is news, not a fault. */
function tellRefusal(error: unknown): void {
  if (error instanceof Failure && error.code === 'TICKET_ALREADY_ASSIGNED') {
    notifications.show({
      color: 'yellow',
      title: t('ticket.tooLate'),
      message: wordsFor(error),
      role: 'status',
    });
  } else showFailure(error);
}

function offerUndo(ticket: Ticket, status: TicketStatus, undo: () => void): void {
  const id = `undo:${ticket.id}`;
  notifications.hide(id);
  notifications.show({
    id,
    color: 'green',
    autoClose: 10_000,
    role: 'status',
    withCloseButton: true,
    message: createElement(UndoNotice, {
      text: t('ticket.moved', { number: ticket.number, status: t(`core.status.${status}`) }),
      onUndo: () => {
        notifications.hide(id);
        undo();
      },
    }),
  });
}
