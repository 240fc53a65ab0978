import { render } from 'preact';
import { leaveKeysToInputMethods } from '../../../shared/input-method.js';
import { browserLanguages, chooseLocale } from '../../../shared/locale.js';
import type { ChatHost, ChatPanel, Visitor } from '../loader/chat-host.js';
import { adopt } from '../adopt.js';
import { loadWords, locale } from '../words.js';
import { App, Shell } from './app.js';
import { styles } from './styles.js';
import { Desk } from './desk.js';
import { themeCss } from './theme.js';

/** Draws the chat into the launcher's shadow root. Called by the loader when the widget is opened for the first time. */
export async function start(host: ChatHost): Promise<ChatPanel> {
  const { root, settings } = host;
  await loadWords(chooseLocale([settings.locale, document.documentElement.lang, ...browserLanguages()]));
  const { color } = settings;
  adopt(root, themeCss() + styles);
  if (color !== undefined) adopt(root, (await import('./brand.js')).brandCss(color));
  leaveKeysToInputMethods(root);
  const shell = new Shell();
  const place = document.createElement('div');
  place.className = `place ${settings.position}`;
  root.append(place);
  let desk: Desk | undefined;
  let visitors = 0;
  const receive = (visitor: Visitor) => {
    desk?.close();
    const current = (desk = openDesk(host, visitor, shell));
    render(<App key={++visitors} desk={desk} shell={shell} onClose={host.onClose} />, place);
    void desk.start();
    // A link by mail carries its token in the address.
    const [, link] = location.hash.split('#concierge=');
    if (link || current.session.guestToken)
      void import('./prove.js').then(({ prove }) => prove(current, link, receive));
  };
  receive(settings.visitor);
  return {
    open() {
      shell.show(true);
      desk?.show(true);
    },
    close() {
      shell.show(false);
      desk?.show(false);
    },
    identify: receive,
  };
}

function openDesk(
  { root, origin, emit, onUnread, onRing, onTalk }: ChatHost,
  visitor: Visitor,
  shell: Shell,
): Desk {
  const desk = new Desk({
    root,
    origin,
    visitor,
    locale: locale(),
    onTicket: (ticket) => emit('ticket', ticket),
    onMessage: (message) => emit('message', message),
    onUnread,
    onRing: (ticketId) => {
      onRing(ticketId !== undefined);
      if (ticketId !== undefined && !shell.state.open) desk.go({ name: 'ticket', ticketId });
    },
  });
  desk.calls.subscribe(({ callId }) => onTalk(callId !== undefined));
  desk.show(shell.state.open);
  return desk;
}
