import { t } from '../../i18n/translate.js';
import { ToneBadge, type Tone } from '../../ui/tone-badge.js';
import { useMinutes } from '../../ui/use-minutes.js';
import { lasting } from '../../ui/when.js';

/** From how long a wait is shown how, in ms; the longest first. */
const THRESHOLDS: readonly (readonly [number, Tone])[] = [
  [2 * 60 * 60_000, 'danger'],
  [30 * 60_000, 'warning'],
  [0, 'quiet'],
];

/** How long the donor has waited for staff; nothing where nobody waits. */
export function WaitingBadge({ ticket }: { ticket: { readonly waitingSince: string | null } }) {
  return ticket.waitingSince ? <Mark since={ticket.waitingSince} /> : null;
}

function Mark({ since }: { since: string }) {
  const ms = Math.max(0, useMinutes() - Date.parse(since));
  const tone = THRESHOLDS.find(([from]) => ms >= from)?.[1] ?? 'quiet';
  return (
    <ToneBadge tone={tone} size="sm" style={{ flexShrink: 0 }}>
      {t('core.waiting', { time: lasting(ms) })}
    </ToneBadge>
  );
}
