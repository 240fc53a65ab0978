import { Badge } from '@mantine/core';
import type { Priority } from '../../../../src/contract/ticket-fields.js';
import type { TicketStatus } from '../../../../src/contract/ticket-status.js';
import { texts } from '../app/texts.js';

const STATUS_COLOR: Record<TicketStatus, string> = {
  new: 'blue',
  pending: 'brand',
  waiting_for_donor: 'gray',
  active_call: 'grape',
  transferred: 'orange',
  resolved: 'green',
  closed: 'gray',
  cancelled: 'gray',
};

export function StatusBadge({ status }: { status: string }) {
  return (
    <Badge variant="light" color={STATUS_COLOR[status as TicketStatus]} tt="none" autoContrast>
      {texts.status[status as TicketStatus]}
    </Badge>
  );
}

/** Normal priority is the silence between the words. */
export function PriorityBadge({ priority }: { priority: string }) {
  if (priority === 'medium') return null;
  const color = priority === 'urgent' ? 'red' : priority === 'high' ? 'orange' : 'gray';
  return (
    <Badge
      variant={priority === 'urgent' ? 'filled' : 'outline'}
      color={color}
      tt="none"
      size="sm"
      autoContrast
    >
      {texts.priority[priority as Priority]}
    </Badge>
  );
}

/** How a donor is called: by name, else by mail. */
export function donorOf(ticket: { donorName: string | null; donorEmail: string }): string {
  return ticket.donorName ?? ticket.donorEmail;
}

export function subjectOf(ticket: { subject: string | null; description: string | null }): string {
  return ticket.subject ?? ticket.description ?? texts.card.noSubject;
}
