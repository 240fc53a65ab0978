import { render } from 'preact';
import { browserLanguages, chooseLocale } from '../../../shared/locale.js';
import { adopt } from '../adopt.js';
import callCss from '../call/call.css?inline';
import { loadCallWords, tc } from '../call/call-words.js';
import { styles } from '../chat/styles.js';
import { themeCss } from '../chat/ui/theme.js';
import { direction, loadWords, locale } from '../words.js';
import { CallLink } from './call-link.js';
import { CallPage } from './call-page.js';
import pageCss from './call-page.css?inline';

/** The page at /call/:roomName#token=… */
async function start(): Promise<void> {
  await loadWords(chooseLocale(browserLanguages()));
  await loadCallWords();
  const { documentElement } = document;
  documentElement.lang = locale();
  documentElement.dir = direction();
  document.title = tc('page.title');
  for (const css of [themeCss(undefined, undefined, ':root'), styles, callCss, pageCss]) adopt(document, css);
  const place = document.getElementById('call');
  if (!place) throw new Error('The page has no place for the call.');
  const token = CallLink.tokenIn(location.hash);
  render(<CallPage link={token === undefined ? undefined : new CallLink(token)} />, place);
}

void start();
