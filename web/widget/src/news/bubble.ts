import { adopt } from '../adopt.js';
import launcherNews from '../chat/styles/launcher-news.css?inline';
import { themeCss } from '../chat/ui/theme.js';
import type { ChatHost } from '../loader/chat-host.js';
import css from './bubble.css?inline';
import type { NewsWords } from './news-words.js';

interface BubbleOptions {
  /** What a screen reader calls all of it. */
  readonly name: string;
  readonly title: string;
  readonly text?: string;
  /** What the button says, where the bubble itself is none. */
  readonly action?: string;
  readonly onOpen: () => void;
  readonly onDismiss: () => void;
}

/** What stands beside the launcher until it is opened or dismissed. */
export class Bubble {
  readonly #host: ChatHost;
  readonly #words: NewsWords;
  #shown?: HTMLElement;

  constructor(host: ChatHost, words: NewsWords) {
    this.#host = host;
    this.#words = words;
    adopt(host.root, themeCss() + css + launcherNews);
  }

  show({ name, title, text, action, onOpen, onDismiss }: BubbleOptions): void {
    const bubble = element('div', `bubble-news ${this.#host.settings.position}`);
    bubble.dir = this.#words.direction;
    bubble.lang = this.#words.locale;
    bubble.role = 'group';
    bubble.ariaLabel = name;
    const open = button(action === undefined ? 'news-open' : 'news-action', onOpen);
    const heading = element('strong', '');
    heading.append(element('bdi', '', title));
    const words = [heading, ...(text ? [element('span', '', text)] : [])];
    if (action === undefined) open.append(...words);
    else open.textContent = action;
    const dismiss = button('news-dismiss', () => {
      this.hide();
      onDismiss();
    });
    dismiss.ariaLabel = this.#words.say('dismiss');
    dismiss.textContent = '×';
    bubble.append(...(action === undefined ? [] : words), open, dismiss);
    this.hide();
    this.#host.root.append(bubble);
    this.#shown = bubble;
  }

  hide(): void {
    this.#shown?.remove();
    this.#shown = undefined;
  }
}

function button(className: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', className);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

/** What people have written is in its own direction, also inside of words in another. */
function element<Name extends 'bdi' | 'div' | 'button' | 'strong' | 'span'>(
  name: Name,
  className: string,
  text?: string,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) {
    made.textContent = text;
    made.dir = 'auto';
  }
  return made;
}
