import { Paper } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './table-frame.module.css';

/** Around a table; what is too wide for the page scrolls inside. */
export function TableFrame({ children }: { readonly children: ReactNode }) {
  return (
    <Paper withBorder radius="md" className={styles.frame}>
      {children}
    </Paper>
  );
}
