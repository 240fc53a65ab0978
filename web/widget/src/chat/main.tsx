import { render } from 'preact';
import { leaveKeysToInputMethods } from '../../../shared/input-method.js';
import { browserLanguages, chooseLocale } from '../../../shared/locale.js';
import type { ChatHost, ChatPanel, Visitor } from '../loader/chat-host.js';
import { adopt } from '../adopt.js';
import { loadWords, locale, t } from '../words.js';
import { App, Shell } from './app.js';
import { styles } from './styles.js';
import { Desk } from './desk/desk.js';
import type { DeskOptions, Leaving } from './desk/desk-options.js';
import { forgetDevice } from './data/forget.js';
import { parts } from './data/parts.js';
import { isNamedAlike, isSamePerson } from './data/person.js';
import { Session } from './data/session.js';
import { themeCss } from './ui/theme.js';

/** Draws the chat into the launcher's shadow root. Called by the loader when the widget is opened for the first time. */
export async function start(host: ChatHost): Promise<ChatPanel> {
  const { root, settings } = host;
  await loadWords(chooseLocale([settings.locale, document.documentElement.lang, ...browserLanguages()]));
  host.onWords({
    close: t('close'),
    unread: (count) => t('launcherUnread', { count }),
    call: t('launcherCall'),
    talking: t('launcherTalking'),
  });
  const { color } = settings;
  adopt(root, themeCss() + styles);
  if (color !== undefined) adopt(root, (await import('./ui/brand.js')).brandCss(color));
  leaveKeysToInputMethods(root);
  const shell = new Shell();
  const place = document.createElement('div');
  place.className = `place ${settings.position} ${settings.hideLauncher ? 'alone' : ''}`;
  root.append(place);
  let desk: Desk | undefined;
  let visitors = 0;
  /** Settles when the donor is where they were on the page before, if that is known. */
  const show = (visitor: Visitor, forgotten = false) => {
    const before = desk?.session;
    const current = (desk = openDesk(host, { visitor, forgotten, onLeave }, shell));
    render(<App key={++visitors} desk={desk} shell={shell} onClose={host.onClose} />, place);
    const started = current.start();
    // A link by mail carries its token in the address.
    const [, link] = location.hash.split('#concierge=');
    const guest = before?.ownToken === undefined ? new Session(host.origin, {}) : before;
    if (link || (visitor.token && guest.ownToken !== undefined))
      parts.need(
        'prove',
        () => import('./desk/prove.js'),
        ({ prove }) => void prove(current, link, { guest, restart }),
      );
    return current.isBack ? started : undefined;
  };
  /** A link has changed what this browser may read, whether or not the page says anything new. */
  const restart = (visitor: Visitor) => {
    leave(false);
    void show(visitor);
  };
  const leave = (isOver: boolean) => {
    desk?.close();
    host.onUnread(0);
    host.onRing(false);
    if (isOver) forgetDevice(host.origin);
  };
  const receive = (visitor: Visitor) => {
    const before = desk?.session.visitor ?? {};
    const isSame = isSamePerson(before, visitor);
    if (isSame && desk && !desk.state.signedOut && isNamedAlike(before, visitor)) {
      desk.renew(visitor);
      return;
    }
    leave(!isSame);
    void show(visitor);
  };
  const onLeave = (why: Leaving) => {
    leave(why === 'forget');
    void show(why === 'person' ? (desk?.session.visitor ?? {}) : {}, why !== 'person');
  };
  const remember = () => desk?.leave();
  addEventListener('pagehide', remember);
  await show(settings.visitor);
  let opener: Element | null;
  return {
    open(isBack) {
      opener = document.activeElement;
      shell.show(true, isBack);
      desk?.show(true);
    },
    close() {
      shell.show(false);
      desk?.show(false);
      // There is no launcher that the keyboard could go back to.
      if (settings.hideLauncher && opener instanceof HTMLElement) opener.focus();
    },
    identify: receive,
    destroy() {
      removeEventListener('pagehide', remember);
      render(null, place);
      desk?.close();
    },
  };
}

function openDesk(
  { root, origin, emit, onUnread, onRing, onTalk }: ChatHost,
  arrival: Pick<DeskOptions, 'visitor' | 'forgotten' | 'onLeave'>,
  shell: Shell,
): Desk {
  const desk = new Desk({
    root,
    origin,
    ...arrival,
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
  if (shell.state.open) desk.show(true);
  return desk;
}
