import { Loader, Paper } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { texts } from '../app/texts.js';
import { useCalls } from './call-context.js';

const CallPanel = lazy(async () => ({ default: (await import('./call-panel.js')).CallPanel }));

/** Where a call is shown on any page. Its code is loaded with the first call. */
export function CallDock() {
  const { current, close } = useCalls();
  if (current === undefined) return null;
  return (
    <Paper
      component="section"
      className="call-panel"
      withBorder
      shadow="xl"
      radius="lg"
      p="sm"
      aria-label={texts.call.panel}
    >
      <Suspense fallback={<Loader m="md" aria-label={texts.loading} />}>
        <CallPanel key={current.callId} call={current} onClose={close} />
      </Suspense>
    </Paper>
  );
}
