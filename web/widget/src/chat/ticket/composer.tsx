import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { LIMITS } from '../../../../../src/contract/ticket-fields.js';
import { writtenText } from '../../../../../src/contract/text.js';
import { t } from '../../words.js';
import type { Conversation } from '../desk/conversation.js';
import { Icon } from '../../icons.js';

interface ComposerProps {
  readonly conversation: Pick<Conversation, 'draft' | 'typing' | 'send'>;
  readonly reopens: boolean;
}

/** Enter sends, Shift+Enter makes a new line; what is unsent stays while the page lives. */
export function Composer({ conversation, reopens }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(conversation.draft);
  useLayoutEffect(() => {
    const { current } = field;
    if (!current) return;
    current.style.height = 'auto';
    current.style.height = `${current.scrollHeight}px`;
  }, [text]);

  const change = (next: string) => {
    conversation.draft = next;
    setText(next);
    conversation.typing(writtenText(next) !== '');
  };
  const send = () => {
    const content = writtenText(text);
    if (!content || content.length > LIMITS.message) return;
    conversation.send(content);
    change('');
    field.current?.focus();
  };
  const label = t(reopens ? 'composeReopen' : 'compose');
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label={label}
        placeholder={label}
        maxLength={LIMITS.message}
        enterkeyhint="send"
        data-focus
        value={text}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          send();
        }}
      />
      <button
        type="submit"
        class="send"
        aria-label={t('send')}
        title={t('send')}
        aria-disabled={!writtenText(text)}
      >
        <Icon name="send" />
      </button>
    </form>
  );
}
