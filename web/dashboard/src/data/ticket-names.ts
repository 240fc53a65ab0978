import { t } from '../i18n/translate.js';

/** How a donor is called: by name, else by email, else by the number of the ticket. */
export function donorOf(ticket: {
  number: string;
  donorName: string | null;
  donorEmail: string | null;
}): string {
  return ticket.donorName ?? ticket.donorEmail ?? ticket.number;
}

export function subjectOf(ticket: { subject: string | null; description: string | null }): string {
  return ticket.subject ?? ticket.description ?? t('core.card.noSubject');
}
