import { Badge, type BadgeProps } from '@mantine/core';
import styles from './tone-badge.module.css';

export type Tone = 'bold' | 'accent' | 'quiet' | 'warning' | 'danger' | 'alarm' | 'success';

interface ToneBadgeProps extends Omit<BadgeProps, 'className' | 'color' | 'tt' | 'variant'> {
  readonly tone: Tone;
  readonly title?: string;
  /** With `aria-label`, where its text alone says too little. */
  readonly role?: 'img';
}

/** A word in a colour that says how it stands; it reaches AA in light and in dark. */
export function ToneBadge({ tone, ...rest }: ToneBadgeProps) {
  return <Badge tt="none" classNames={{ root: styles[tone] }} {...rest} />;
}
