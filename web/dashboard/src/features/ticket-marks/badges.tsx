import type { Priority } from '../../../../../src/contract/ticket-fields.js';
import type { TicketStatus } from '../../../../../src/contract/ticket-status.js';
import { t } from '../../i18n/translate.js';
import { ToneBadge, type Tone } from '../../ui/tone-badge.js';

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
    <ToneBadge tone={STATUS_TONE[status]} miw="max-content">
      {t(`core.status.${status}`)}
    </ToneBadge>
  );
}

/** Normal priority is the silence between the words. */
export function PriorityBadge({ priority }: { priority: Priority }) {
  if (priority === 'medium') return null;
  return (
    <ToneBadge tone={PRIORITY_TONE[priority]} size="sm" style={{ flexShrink: 0 }}>
      {t(`core.priority.${priority}`)}
    </ToneBadge>
  );
}
