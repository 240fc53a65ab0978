import type { ComponentChildren } from 'preact';
import type { Failure } from '../../../../client/failure.js';
import { t } from '../../words.js';
import { Avatar } from '../../avatar.js';
import { Icon, type IconName } from '../../icons.js';
import type { Person } from '../data/thread.js';

/** What went wrong, in words a donor can use. */
export function failureText({ code }: Failure): string {
  switch (code) {
    case 'OFFLINE':
    case 'TIMEOUT':
      return t('error.offline');
    case 'RATELIMIT':
      return t('error.busy');
    case 'VIDEO_UNAVAILABLE':
      return t('error.video');
    case 'CALL_ENDED':
      return t('error.ended');
    case 'NOT_FOUND':
    case 'CONFLICT':
    case 'TICKET_CLOSED':
    case 'ILLEGAL_TRANSITION':
    case 'CALL_REQUEST_CLOSED':
      return t('error.gone');
    default:
      return t('error.other');
  }
}

interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly class?: string;
  readonly expanded?: boolean;
  readonly pressed?: boolean;
}

export function IconButton({ icon, label, onClick, class: extra = '', expanded, pressed }: IconButtonProps) {
  return (
    <button
      type="button"
      class={`icon-button ${extra}`}
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

interface CardProps {
  readonly icon?: IconName;
  readonly tone?: 'calm' | 'good' | 'warn' | 'bad';
  readonly title: string;
  readonly children?: ComponentChildren;
  readonly role?: 'status' | 'alert';
}

/** Something the donor should know or decide. */
export function Card({ icon, tone = 'calm', title, children, role }: CardProps) {
  return (
    <div class={`card ${tone}`} role={role}>
      {icon && <Icon name={icon} size={22} />}
      <div class="card-body">
        <p class="card-title">{title}</p>
        {children}
      </div>
    </div>
  );
}

export function FailureCard({
  failure,
  onDismiss,
}: {
  readonly failure: Failure;
  readonly onDismiss?: () => void;
}) {
  return (
    <Card icon="alert" tone="bad" title={failureText(failure)} role="alert">
      {onDismiss && (
        <button type="button" class="button quiet" onClick={onDismiss}>
          {t('dismiss')}
        </button>
      )}
    </Card>
  );
}

interface BarProps {
  readonly title: string;
  readonly subtitle?: string;
  readonly person?: Person;
  readonly onBack?: () => void;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}

/** The head of every view but the first. */
export function Bar({ title, subtitle, person, onBack, onClose, children }: BarProps) {
  return (
    <header class="bar">
      {onBack && <IconButton icon="back" label={t('back')} onClick={onBack} />}
      {person && <Avatar {...person} />}
      <div class="bar-text">
        <h1 id="title" tabIndex={-1}>
          <bdi>{title}</bdi>
        </h1>
        {subtitle && (
          <p class="bar-status" role="status">
            {subtitle}
          </p>
        )}
      </div>
      {children}
      <IconButton icon="close" label={t('close')} onClick={onClose} />
    </header>
  );
}
