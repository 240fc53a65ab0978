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

interface WaitingProps {
  readonly ticket: { readonly waitingSince: string | null };
  /** The time alone, where what is around it says that it is a wait. */
  readonly short?: boolean;
}

/** How long the donor has waited for staff; nothing where nobody waits. */
export function WaitingBadge({ ticket, short = false }: WaitingProps) {
  return ticket.waitingSince ? <Mark since={ticket.waitingSince} short={short} /> : null;
}

function Mark({ since, short }: { since: string; short: boolean }) {
  const ms = Math.max(0, useMinutes() - Date.parse(since));
  const tone = THRESHOLDS.find(([from]) => ms >= from)?.[1] ?? 'quiet';
  const time = lasting(ms);
  return (
    <ToneBadge tone={tone} size="sm" miw="max-content">
      {short ? time : t('core.waiting', { time })}
    </ToneBadge>
  );
}
