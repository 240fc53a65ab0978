import { render } from 'preact';
import { chooseLocale } from '../../shared/locale.js';
import { adopt } from '../src/adopt.js';
import { loadEndingWords } from '../src/chat/ticket/ending-words.js';
import { styles } from '../src/chat/styles.js';
import { themeCss } from '../src/chat/ui/theme.js';
import { direction, loadWords, locale } from '../src/words.js';
import { frameCss, Specimens } from './specimens.js';

/** `?locale=ar` chooses the language; light or dark follows the browser. */
async function start(): Promise<void> {
  await loadWords(chooseLocale([new URLSearchParams(location.search).get('locale') ?? undefined, 'en']));
  document.documentElement.lang = locale();
  document.documentElement.dir = direction();
  const host = document.querySelector('#root') ?? document.body;
  const root = host.attachShadow({ mode: 'open' });
  adopt(root, themeCss() + styles + frameCss);
  render(<Specimens ending={await loadEndingWords()} />, root);
}

void start();
