import { Loader, Paper } from '@mantine/core';
import { lazy, useState } from 'react';
import { withWords } from '../../i18n/language.js';
import { t } from '../../i18n/translate.js';
import { partFailed } from '../../ui/feedback.js';
import { Part } from '../../ui/part.js';
import { useCalls } from './call-context.js';
import type { PanelSize } from './open-call.js';
import styles from './call-dock.module.css';

const CallRoom = lazy(async () => ({
  default: (await withWords(import('./call-room.js'), 'call')).CallRoom,
}));

/** Where a call is shown on any page. Its code is loaded with the first call. */
export function CallDock() {
  const { current } = useCalls();
  const [size, setSize] = useState<PanelSize>('normal');
  if (current === undefined) return null;
  return (
    <Paper
      component="section"
      className={styles.panel}
      data-size={size}
      withBorder
      shadow="xl"
      radius="lg"
      p="sm"
      aria-label={t('core.call.panel')}
    >
      <Part loading={<Loader m="md" aria-label={t('core.loading')} />} failed={partFailed}>
        <CallRoom call={current} size={size} onSize={setSize} />
      </Part>
    </Paper>
  );
}
