import '../../ui/mantine-pages.css';
import { SegmentedControl, type SegmentedControlProps } from '@mantine/core';
import styles from './column-choice.module.css';

type ColumnChoiceProps = Pick<SegmentedControlProps, 'data' | 'value' | 'onChange' | 'aria-label'>;

/** Which column a narrow page shows. Wide ones do without, and do not load it. */
export function ColumnChoice(props: ColumnChoiceProps) {
  return (
    <div className={styles.sideways}>
      <SegmentedControl {...props} />
    </div>
  );
}
