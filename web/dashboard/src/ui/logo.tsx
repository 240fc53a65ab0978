import styles from './logo.module.css';

/** A reception bell in a speech bubble. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden className={styles.logo}>
      <path
        className={styles.bubble}
        d="M8 3h16a6 6 0 0 1 6 6v10a6 6 0 0 1-6 6h-7l-6.2 4.6c-.7.5-1.8 0-1.8-.9V25H8a6 6 0 0 1-6-6V9a6 6 0 0 1 6-6Z"
      />
      <path className={styles.bell} d="M9 19a7 7 0 0 1 14 0Zm-1.5 1.2h17v1.7h-17ZM14.9 9.2h2.2v2.4h-2.2Z" />
    </svg>
  );
}
