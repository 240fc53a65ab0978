import { useMemo, useRef } from 'preact/hooks';
import type * as Links from '../../../../shared/links.js';
import type { OutboxEntry } from '../../../../client/live/outbox-store.js';
import { dayOf, hasText, t, timeOf } from '../../words.js';
import type { Conversation, ConversationState } from '../desk/conversation.js';
import { useFollowEnd } from '../desk/follow-end.js';
import { categoryText } from '../desk/categories.js';
import { Icon, type IconName } from '../../icons.js';
import { Avatar } from '../../avatar.js';
import type { Entry, Message, Notice, Thread } from '../data/thread.js';
import { useLoaded } from '../ui/use-loaded.js';
import { firstNew, lines } from './thread-lines.js';

/** What makes links of addresses, once it is here: it comes after the thread. */
let links: typeof Links | undefined;

interface ThreadLogProps {
  readonly conversation: Pick<Conversation, 'retry' | 'discard' | 'seenBefore'>;
  readonly state: ConversationState;
}

export function ThreadLog({ conversation, state }: ThreadLogProps) {
  const { thread, outbox, loaded, typing } = state;
  const { log, atEnd, toEnd, onScroll } = useFollowEnd([thread.entries, outbox, typing, loaded]);
  /** How many entries there were when the end was last seen. */
  const seen = useRef(0);
  const known = thread.entries.length;
  if (atEnd) seen.current = known;
  const { seenBefore } = conversation;
  const newId = useMemo(() => firstNew(thread, seenBefore), [loaded, seenBefore]);
  useLoaded('links', !links, state.stream, async () => (links = await import('../../../../shared/links.js')));
  return (
    <div class="log-frame">
      <div
        class="log"
        ref={log}
        role="log"
        aria-label={t('thread')}
        aria-live={loaded ? 'polite' : 'off'}
        aria-busy={!loaded}
        tabIndex={0}
        onScroll={onScroll}
      >
        <Opening thread={thread} />
        {lines(thread, outbox, newId).map(({ day, isNew, entry, ...place }) =>
          entry ? (
            <EntryLine key={entry.id} entry={entry} {...place} thread={thread} />
          ) : (
            <p class={`day ${isNew ? 'new' : ''}`} key={day}>
              <span>{day ?? t('newMessages')}</span>
            </p>
          ),
        )}
        {outbox.map((entry) => (
          <OutboxLine key={entry.clientMessageId} entry={entry} conversation={conversation} />
        ))}
        {!loaded && (
          <p class="notice" role="status">
            {t('loading')}
          </p>
        )}
        {typing !== undefined && (
          <p class="typing">
            <span class="dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            {t('typing', { name: typing || t('team') })}
          </p>
        )}
      </div>
      {!atEnd && (
        <button
          type="button"
          class="to-end"
          aria-label={known > seen.current ? undefined : t('toEnd')}
          title={t('toEnd')}
          onClick={toEnd}
        >
          <Icon name="down" size={16} /> {known > seen.current && t('newMessages')}
        </button>
      )}
    </div>
  );
}

/** The donor's first words, and what happens next. */
function Opening({ thread }: { readonly thread: Thread }) {
  const { number, category, description, createdAt, admin, status } = thread;
  return (
    <>
      <p class="day">
        <span>{dayOf(createdAt)}</span>
      </p>
      <p class="notice">
        {t('ticketLine', { number })}
        {category !== null && ` · ${categoryText(category)}`}
      </p>
      {description !== null && description !== '' && (
        <div class="line own">
          <Bubble text={description} />
          <p class="meta">
            {timeOf(createdAt)} <Tick name="check" label={t('sent')} />
          </p>
        </div>
      )}
      {status === 'new' && !admin && <p class="notice soft">{t('received')}</p>}
    </>
  );
}

interface EntryLineProps {
  readonly entry: Entry;
  readonly first?: boolean;
  readonly timed?: boolean;
  readonly thread: Thread;
}

function EntryLine({ entry, first, timed = false, thread }: EntryLineProps) {
  if (entry.kind === 'notice') {
    return (
      <p class="notice">
        {noticeText(entry)} <time>{timeOf(entry.at)}</time>
      </p>
    );
  }
  const { own, author, at, edited, seq } = entry;
  const name = author.name || t('team');
  return (
    <div class={`line ${own ? 'own' : 'theirs'} ${first ? 'first' : ''}`}>
      {!own && first && <Avatar name={name} avatar={author.avatar} />}
      {!own && first && (
        <p class="author">
          <bdi>{name}</bdi>
        </p>
      )}
      <MessageBubble message={entry} />
      {(timed || edited) && (
        <p class="meta">
          {timeOf(at)}
          {edited && ` · ${t('edited')}`}{' '}
          {own &&
            (seq <= thread.readUpTo ? (
              <Tick name="checks" label={t('read')} />
            ) : (
              <Tick name="check" label={t('sent')} />
            ))}
        </p>
      )}
    </div>
  );
}

/** Of a newer server's lines, and of those without a key, there is only what the server wrote. */
function noticeText({ key, params, text }: Notice): string | undefined {
  return key && hasText(`notice.${key}`) ? t(`notice.${key}`, params) : text;
}

function MessageBubble({ message }: { readonly message: Message }) {
  if (message.deleted) return <p class="bubble gone">{t('deleted')}</p>;
  return <Bubble text={message.text} />;
}

/** Text, never HTML; each line finds its own direction. */
function Bubble({ text }: { readonly text: string }) {
  return (
    <p class="bubble" dir="auto">
      {links
        ? links.linkParts(text).map(({ text: words, href }) =>
            href ? (
              <a href={href} {...links?.LINK_ATTRIBUTES}>
                {words}
              </a>
            ) : (
              words
            ),
          )
        : text}
    </p>
  );
}

function Tick({ name, label }: { readonly name: IconName; readonly label: string }) {
  return (
    <span class={`tick ${name}`} title={label}>
      <Icon name={name} size={15} />
      <span class="sr">{label}</span>
    </span>
  );
}

interface OutboxLineProps {
  readonly entry: OutboxEntry;
  readonly conversation: Pick<Conversation, 'retry' | 'discard'>;
}

function OutboxLine({ entry, conversation }: OutboxLineProps) {
  const { clientMessageId, content, createdAt, state, retryable } = entry;
  return (
    <div class={`line own first ${state}`}>
      <Bubble text={content} />
      {state !== 'failed' ? (
        <p class="meta">
          {timeOf(createdAt)}{' '}
          {state === 'sent' ? (
            <Tick name="check" label={t('sent')} />
          ) : (
            <Tick name="clock" label={t('sending')} />
          )}
        </p>
      ) : (
        <div class="meta failed" role="alert">
          <span>
            <Icon name="alert" size={15} /> {t(retryable ? 'notSentWaits' : 'notSent')}
          </span>
          <button type="button" class="link" onClick={() => conversation.retry(clientMessageId)}>
            {t('sendAgain')}
          </button>
          <button type="button" class="link" onClick={() => conversation.discard(clientMessageId)}>
            {t('discard')}
          </button>
        </div>
      )}
    </div>
  );
}
