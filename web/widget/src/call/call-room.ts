import { adopt } from '../adopt.js';
import css from './call.css?inline';
import { loadCallWords } from './call-words.js';

export { createCall } from '../../../shared/call/call.js';
export { CallPanel } from './call-panel.js';

/** Brings the texts and styles of calls in; what a call needs beyond the chat is loaded when the first one starts. */
export async function furnish(root: Document | ShadowRoot): Promise<void> {
  adopt(root, css);
  await loadCallWords();
}
