import type { ComponentProps } from 'react';
import styles from './bubble.module.css';

interface BubbleProps extends Omit<ComponentProps<'div'>, 'className'> {
  readonly kind: 'donor' | 'admin' | 'note';
}

/** What somebody said, in the colours of their side. */
export function Bubble({ kind, ...rest }: BubbleProps) {
  return <div className={styles.bubble} data-kind={kind} {...rest} />;
}
