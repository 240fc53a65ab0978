import { useState } from 'preact/hooks';
import { writtenText } from '../../../../../src/contract/text.js';
import { formatMessage } from '../../../../i18n/format.js';
import { locale } from '../../words.js';
import type { Conversation, ConversationState } from '../desk/conversation.js';
import { Icon } from '../../icons.js';
import type { EndingTexts } from './ending-words.js';
import { FailureCard } from '../ui/parts.js';

const STARS = [1, 2, 3, 4, 5] as const;
const LONGEST_COMMENT = 1_000;

interface RatingProps {
  readonly words: EndingTexts;
  readonly conversation: Pick<Conversation, 'rate'>;
  readonly state: ConversationState;
}

function starsText({ stars }: EndingTexts, count: number): string {
  return formatMessage(stars, { count }, locale());
}

/** How it went, once it is over: one to five stars and a word; may be changed for a day. */
export function Rating({ words, conversation, state }: RatingProps) {
  const { thread, busy, failed } = state;
  const [stars, setStars] = useState(thread.rating ?? 0);
  const [comment, setComment] = useState(thread.ratingComment ?? '');
  const [changing, setChanging] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    if (stars && (await conversation.rate(stars, writtenText(comment)))) setChanging(false);
  };
  if (thread.rating !== null && !changing) {
    return (
      <div class="card good rated" role="status">
        <div class="card-body">
          <p class="card-title">{words.thanks}</p>
          <p class="stars" role="img" aria-label={starsText(words, thread.rating)}>
            {STARS.map((value) => (
              <span key={value} class={value <= (thread.rating ?? 0) ? 'on' : ''}>
                <Icon name="star" size={18} />
              </span>
            ))}
          </p>
        </div>
        <button type="button" class="button quiet" onClick={() => setChanging(true)}>
          {words.change}
        </button>
      </div>
    );
  }
  return (
    <form class="card rating" onSubmit={(event) => void send(event)}>
      <div class="card-body">
        <fieldset>
          <legend class="card-title">{words.title}</legend>
          <div class="stars">
            {STARS.map((value) => (
              <label key={value} class={value <= stars ? 'on' : ''} title={starsText(words, value)}>
                <input
                  type="radio"
                  name="stars"
                  value={value}
                  checked={value === stars}
                  onChange={() => setStars(value)}
                  aria-label={starsText(words, value)}
                />
                <Icon name="star" size={28} />
              </label>
            ))}
          </div>
        </fieldset>
        {stars > 0 && (
          <>
            <textarea
              rows={2}
              dir="auto"
              aria-label={words.comment}
              placeholder={words.comment}
              maxLength={LONGEST_COMMENT}
              value={comment}
              onInput={(event) => setComment(event.currentTarget.value)}
            />
            {failed?.action === 'rate' && <FailureCard failure={failed.failure} />}
            <button type="submit" class="button primary" aria-disabled={busy === 'rate'}>
              {words.send}
            </button>
          </>
        )}
      </div>
    </form>
  );
}
