import '../src/ui/mantine.css';
import '../src/ui/mantine-pages.css';
import '../src/ui/tokens.css';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { LOCALES } from '../../shared/locale.js';
import { language } from '../src/i18n/language.js';
import { t } from '../src/i18n/translate.js';
import { resolveVariables, themeOf } from '../src/ui/theme.js';
import { Specimens } from './specimens.js';

/** `?locale=ar` chooses the language; light or dark follows the browser. */
async function start(): Promise<void> {
  const wanted = new URLSearchParams(location.search).get('locale');
  await language.need('core', 'errors', 'ticket');
  await language.change(LOCALES.find((locale) => locale === wanted) ?? 'en');
  const router = createRouter({
    routeTree: createRootRoute({ component: Specimens }),
    history: createMemoryHistory(),
  });
  createRoot(document.querySelector('#root') ?? document.body).render(
    <DirectionProvider initialDirection={language.direction()}>
      <MantineProvider
        theme={themeOf(t('core.close'))}
        defaultColorScheme="auto"
        cssVariablesResolver={resolveVariables}
      >
        <RouterProvider router={router} />
      </MantineProvider>
    </DirectionProvider>,
  );
}

void start();
