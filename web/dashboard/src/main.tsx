import './ui/mantine.css';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { leaveKeysToInputMethods } from '../../shared/input-method.js';
import { Root } from './shell/root.js';
import { language } from './i18n/language.js';
import { watchLostParts } from './storage/lost-parts.js';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  leaveKeysToInputMethods(window);
  watchLostParts();
  language.mark();
  await language.need('core');
  createRoot(root).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
  // Nothing is wrong yet.
  await language.need('errors');
}

/** Without its words the page can say nothing: index.html does, in those of the server. */
start().catch((error: unknown) => {
  document.documentElement.dataset['failed'] = '';
  reportError(error);
});
