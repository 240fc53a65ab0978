import { Alert, Button, Group, Stack } from '@mantine/core';
import { OnceShown } from '../../ui/once-shown.js';
import { momentOf } from '../../ui/when.js';
import { t } from '../../i18n/translate.js';

export interface MadeLink {
  /** Whom it is for. */
  readonly name: string;
  readonly link: string;
  readonly expiresAt: string;
}

/** A link by which somebody sets a password, to be passed on. */
export function LinkToPassOn({ made, onDone }: { readonly made: MadeLink; readonly onDone: () => void }) {
  return (
    <Stack pt="sm">
      <Alert color="brand" variant="light" title={t('people.linkReady')}>
        {t('people.passOnLink', { until: momentOf(made.expiresAt) })}
      </Alert>
      <OnceShown
        lines={[made.link]}
        label={t('people.linkFor', { name: made.name })}
        copy={t('people.copy')}
        copied={t('people.copied')}
      />
      <Group justify="flex-end">
        <Button onClick={onDone} data-autofocus>
          {t('people.done')}
        </Button>
      </Group>
    </Stack>
  );
}
