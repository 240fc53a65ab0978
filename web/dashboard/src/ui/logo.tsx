import styles from './logo.module.css';
import { iconAddress } from './page-icon.js';

/** The icon of the page: the logo of the charity, else a reception bell in a speech bubble. */
export function Logo({ size = 26 }: { size?: number }) {
  return <img height={size} src={iconAddress()} alt="" className={styles.logo} />;
}
