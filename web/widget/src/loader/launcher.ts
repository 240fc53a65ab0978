import { ACCENT } from '../../../shared/tokens.js';
import type { ChatWords, LauncherWords, Settings } from './chat-host.js';
import css from './launcher.css?inline';
import { launcherWords } from './launcher-words.js';
import { keepInPage } from './mount.js';

const SVG = 'http://www.w3.org/2000/svg';
const CHAT =
  'M4 5.5A2.5 2.5 0 0 1 6.5 3h11A2.5 2.5 0 0 1 20 5.5v8a2.5 2.5 0 0 1-2.5 2.5H11l-4.6 4v-4A2.4 2.4 0 0 1 4 13.6zM8 8h8M8 11.5h5';
const SHUT = 'M6 9l6 6 6-6';

interface LauncherState {
  readonly open?: boolean;
  /** While the chat is on its way. */
  readonly busy?: boolean;
  /** It could not be loaded. */
  readonly failed?: boolean;
  readonly unread?: number;
  readonly ringing?: boolean;
  /** Microphone and camera may be on although the panel is closed: that must show. */
  readonly talking?: boolean;
  /** In the donor's language, once more is loaded. */
  readonly words?: LauncherWords & Partial<ChatWords>;
}

/** The round button at the page's corner, in a shadow root that the page's styles do not reach, nor ours the page. */
export class Launcher {
  readonly root: ShadowRoot;
  readonly remove: () => void;
  readonly #button = element('button', 'launcher');
  readonly #mark = element('span', 'mark');
  readonly #words = element('p', 'words');
  readonly #texts: ReturnType<typeof launcherWords>;
  readonly #isHidden: boolean;
  #state: LauncherState = {};

  constructor({ locale, position, color = ACCENT, hideLauncher }: Settings, onClick: () => void) {
    const host = element('div', position);
    host.id = 'concierge-widget';
    this.root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:host{--l-ground:${color};--l-ink:${inkOn(color)}}${css}`);
    this.root.adoptedStyleSheets = [sheet];
    this.#texts = launcherWords(locale);
    this.#isHidden = hideLauncher;
    this.#button.type = 'button';
    this.#button.ariaHasPopup = 'dialog';
    this.#button.append(icon('chat', CHAT), icon('shut', SHUT), this.#mark);
    this.#button.onclick = onClick;
    this.#words.role = 'status';
    this.root.append(this.#button, this.#words);
    this.set({});
    this.remove = keepInPage(host);
  }

  set(change: LauncherState): void {
    const state = (this.#state = { ...this.#state, ...change });
    const { open = false, busy = false, unread, ringing = false, talking, words } = state;
    const button = this.#button;
    button.ariaExpanded = `${open}`;
    button.ariaBusy = `${busy}`;
    button.classList.toggle('ringing', ringing);
    button.hidden = this.#isHidden && !ringing && !talking;
    this.#words.textContent = state.failed ? this.#texts.failed : '';
    this.#mark.textContent = open ? '' : talking ? '●' : unread ? `${unread}` : '';
    button.ariaLabel =
      (open ? words?.close : undefined) ??
      [this.#texts.open, talking && words?.talking, ringing && words?.call, unread && words?.unread(unread)]
        .filter(Boolean)
        .join(', ');
  }

  focus(): void {
    this.#button.focus();
  }
}

/** Black or white: that the icon shows takes no exact curve, which `readableOn` has for words. */
function inkOn(colour: string): string {
  const full = colour.length < 7 ? colour.replace(/\w/g, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(full.slice(at, at + 2), 16) ** 2.2);
  // Of 255 ** 2.2.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 36_000 ? '#fff' : '#000';
}

function element<Name extends 'button' | 'span' | 'p' | 'div'>(
  name: Name,
  className: string,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

function icon(className: string, path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const shape = document.createElementNS(SVG, 'path');
  svg.setAttribute('class', className);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.ariaHidden = 'true';
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}
