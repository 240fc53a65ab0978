import { ACCENT, readableOn } from '../../../shared/tokens.js';
import type { ChatWords, LauncherWords, Settings } from './chat-host.js';
import css from './launcher.css?inline';
import { launcherWords } from './launcher-words.js';
import { keepInPage } from './mount.js';

const SVG = 'http://www.w3.org/2000/svg';
const CHAT =
  'M4 5.5A2.5 2.5 0 0 1 6.5 3h11A2.5 2.5 0 0 1 20 5.5v8a2.5 2.5 0 0 1-2.5 2.5H11l-4.6 4v-4A2.4 2.4 0 0 1 4 13.6zM8 8h8M8 11.5h5';
const SHUT = 'M6 9l6 6 6-6';

/** The round button at the page's corner, in a shadow root that the page's styles do not reach, nor ours the page. */
export class Launcher {
  readonly root: ShadowRoot;
  readonly remove: () => void;
  readonly #button = element('button', 'launcher');
  readonly #mark = element('span', 'mark');
  readonly #words = element('p', 'words');
  readonly #texts: ReturnType<typeof launcherWords>;
  #more?: LauncherWords & Partial<ChatWords>;
  #unread = 0;
  #ringing = false;
  #talking = false;

  constructor({ locale, position, color = ACCENT }: Settings, onClick: () => void) {
    const host = document.createElement('div');
    host.id = 'concierge-widget';
    this.root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:host{--l-ground:${color};--l-ink:${readableOn(color)}}${css}`);
    this.root.adoptedStyleSheets = [sheet];
    this.#texts = launcherWords(locale);
    this.#button.type = 'button';
    this.#button.classList.add(position);
    this.#button.setAttribute('aria-haspopup', 'dialog');
    this.#button.append(icon('chat', CHAT), icon('shut', SHUT), this.#mark);
    this.#button.addEventListener('click', onClick);
    this.#words.classList.add(position);
    this.#words.setAttribute('role', 'status');
    this.root.append(this.#button, this.#words);
    this.open = false;
    this.remove = keepInPage(host);
  }

  /** In the donor's language, which has just been loaded. */
  set words(words: LauncherWords & Partial<ChatWords>) {
    this.#more = words;
    this.#label();
  }

  set open(open: boolean) {
    this.#button.setAttribute('aria-expanded', String(open));
    this.#label();
  }

  /** While the chat is on its way. */
  set busy(busy: boolean) {
    this.#button.setAttribute('aria-busy', String(busy));
    this.#words.textContent = '';
  }

  set unread(count: number) {
    this.#unread = count;
    this.#label();
  }

  set ringing(ringing: boolean) {
    this.#ringing = ringing;
    this.#button.classList.toggle('ringing', ringing);
    this.#label();
  }

  /** Microphone and camera may be on although the panel is closed: that must show. */
  set talking(talking: boolean) {
    this.#talking = talking;
    this.#label();
  }

  fail(): void {
    this.#words.textContent = this.#texts.failed;
  }

  focus(): void {
    this.#button.focus();
  }

  #label(): void {
    const { open } = this.#texts;
    const more = this.#more;
    const isOpen = this.#button.ariaExpanded === 'true';
    const mark = this.#talking ? '●' : this.#unread || '';
    this.#mark.textContent = isOpen ? '' : String(mark);
    const news = [
      this.#talking && more?.talking,
      this.#ringing && more?.call,
      this.#unread && more?.unread(this.#unread),
    ].filter(Boolean);
    this.#button.ariaLabel = (isOpen ? more?.close : undefined) ?? [open, ...news].join(', ');
  }
}

function element<Name extends 'button' | 'span' | 'p'>(
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
  const attributes = {
    class: className,
    viewBox: '0 0 24 24',
    'aria-hidden': 'true',
  };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}
