import { Badge } from '@mantine/core';
import type { Priority } from '../../../../../src/contract/ticket-fields.js';
import type { TicketStatus } from '../../../../../src/contract/ticket-status.js';
import { t } from '../../i18n/translate.js';

/** Names of the tones in app.css. */
type Tone = 'bold' | 'accent' | 'quiet' | 'warning' | 'danger' | 'alarm' | 'success';

const STATUS_TONE: Record<TicketStatus, Tone> = {
  new: 'bold',
  pending: 'accent',
  waiting_for_donor: 'quiet',
  active_call: 'danger',
  transferred: 'warning',
  resolved: 'success',
  closed: 'quiet',
  cancelled: 'quiet',
};

const PRIORITY_TONE: Record<Priority, Tone> = {
  low: 'quiet',
  medium: 'quiet',
  high: 'warning',
  urgent: 'alarm',
};

export function StatusBadge({ status }: { status: TicketStatus }) {
  return (
    <Badge className={`tone-${STATUS_TONE[status]}`} tt="none" style={{ flexShrink: 0 }}>
      {t(`core.status.${status}`)}
    </Badge>
  );
}

/** Normal priority is the silence between the words. */
export function PriorityBadge({ priority }: { priority: Priority }) {
  if (priority === 'medium') return null;
  return (
    <Badge className={`tone-${PRIORITY_TONE[priority]}`} tt="none" size="sm" style={{ flexShrink: 0 }}>
      {t(`core.priority.${priority}`)}
    </Badge>
  );
}
