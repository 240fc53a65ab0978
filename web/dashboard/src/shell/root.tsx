import { DirectionProvider, MantineProvider } from '@mantine/core';
import { useMemo } from 'react';
import { language, useLocale } from '../i18n/language.js';
import { t } from '../i18n/translate.js';
import { App } from './app.js';
import { resolveVariables, themeOf } from '../ui/theme.js';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** The looks of everything. Which way lines run follows the `dir` of the document, which follows the language. */
export function Root() {
  const locale = useLocale();
  const close = t('core.close');
  const theme = useMemo(() => themeOf(close), [close]);
  return (
    <DirectionProvider initialDirection={language.direction()}>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        cssVariablesResolver={resolveVariables}
        getStyleNonce={() => nonce}
      >
        <App locale={locale} />
      </MantineProvider>
    </DirectionProvider>
  );
}
