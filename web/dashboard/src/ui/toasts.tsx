import { Notifications } from '@mantine/notifications';
import styles from './toasts.module.css';

/** Where short messages appear; loaded behind the page, which shows none before something has happened. */
export function Toasts() {
  return <Notifications position="top-center" className={styles.toasts} />;
}
