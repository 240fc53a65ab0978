import './ui/mantine.css';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { leaveKeysToInputMethods } from '../../shared/input-method.js';
import { Root } from './shell/root.js';
import { language } from './i18n/language.js';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  leaveKeysToInputMethods(window);
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

void start();
