import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { shortDateOf, t } from '../../words.js';
import { categoryText } from '../desk/categories.js';
import type { Desk } from '../desk/desk.js';
import type { Mode } from '../data/donor-api.js';
import { Icon, type IconName } from '../../icons.js';
import { Card, failureText, IconButton } from '../ui/parts.js';
import { parts } from '../data/parts.js';
import { useStore } from '../data/store.js';
import { useLoaded } from '../ui/use-loaded.js';
import type { Ticket } from '../data/thread.js';
import type { Unread } from '../data/unread.js';

interface HomeProps {
  readonly desk: Desk;
  readonly onClose: () => void;
}

export function Home({ desk, onClose }: HomeProps) {
  const { name } = desk.session;
  const { opening } = useStore(desk);
  const begin = (mode: Mode) => desk.go({ name: 'form', mode });
  return (
    <div class="view home">
      <header class="hero">
        <IconButton icon="close" label={t('close')} onClick={onClose} />
        <h1 id="title" tabIndex={-1}>
          <span class="hello">{name ? t('helloName', { name }) : t('hello')}</span> {t('welcome')}
        </h1>
        <p dir="auto">{opening?.greeting ?? t('intro')}</p>
        {opening?.line && <p class="opening">{opening.line}</p>}
      </header>
      <div class="scroll">
        <div class="doors">
          <Door
            icon="chat"
            title={t('startWrite')}
            hint={t('startWriteHint')}
            onClick={() => begin('text')}
          />
          {opening && !opening.canCall ? (
            <Door
              icon="phone"
              title={opening.words.askCallback}
              hint={opening.words.nobody}
              onClick={() => begin('callback')}
            />
          ) : (
            <>
              <Door
                icon="phone"
                title={t('startAudio')}
                hint={t('startAudioHint')}
                onClick={() => begin('audio')}
              />
              <Door
                icon="video"
                title={t('startVideo')}
                hint={t('startVideoHint')}
                onClick={() => begin('video')}
              />
            </>
          )}
        </div>
        <Conversations desk={desk} />
      </div>
    </div>
  );
}

interface DoorProps {
  readonly icon: IconName;
  readonly title: string;
  readonly hint: string;
  readonly onClick: () => void;
}

function Door({ icon, title, hint, onClick }: DoorProps) {
  return (
    <button type="button" class="door" onClick={onClick}>
      <span class="door-icon">
        <Icon name={icon} size={22} />
      </span>
      <span class="door-text">
        <strong>{title}</strong>
        <span>{hint}</span>
      </span>
      <Icon name="next" size={18} />
    </button>
  );
}

function Conversations({ desk }: { readonly desk: Desk }) {
  const { tickets, listFailure, signedOut, forgotten, unread } = useStore(desk);
  const [Find, setFind] = useState<ComponentType<{ desk: Desk }>>();
  useEffect(() => {
    if (!desk.session.visitor.token || listFailure)
      parts.need(
        'find',
        () => import('./find.js').then(({ load }) => load(desk)),
        (view) => setFind(() => view),
      );
  }, [desk, listFailure]);
  const Forget = useLoaded('forget', desk.session.isKept, tickets, () =>
    import('./forget.js').then(({ load }) => load()),
  );
  return (
    <section class="conversations" aria-labelledby="conversations">
      <h2 id="conversations">{t('conversations')}</h2>
      {forgotten && <Card icon="check" tone="good" title={t('forgotten')} role="status" />}
      {signedOut && <Card icon="alert" tone="warn" title={t('signedOut')} role="status" />}
      {listFailure && (
        <Card icon="offline" tone="bad" title={t('conversationsFailed')} role="alert">
          <p>{failureText(listFailure)}</p>
          <button type="button" class="button quiet" onClick={() => void desk.refresh()}>
            {t('retry')}
          </button>
        </Card>
      )}
      {!tickets && !listFailure && <Skeleton />}
      {tickets?.length === 0 && !signedOut && <p class="hint">{t('conversationsNone')}</p>}
      {tickets && tickets.length > 0 && (
        <ul>
          {tickets.map((ticket) => (
            <li key={ticket.id}>
              <TicketRow
                ticket={ticket}
                news={unread.get(ticket.id)}
                onOpen={() => desk.go({ name: 'ticket', ticketId: ticket.id })}
              />
            </li>
          ))}
        </ul>
      )}
      {Find && <Find desk={desk} />}
      {desk.session.isKept && Forget && <Forget desk={desk} />}
    </section>
  );
}

interface TicketRowProps {
  readonly ticket: Ticket;
  readonly news: Unread | undefined;
  readonly onOpen: () => void;
}

function TicketRow({ ticket, news, onOpen }: TicketRowProps) {
  const { description, subject, status, updatedAt, category } = ticket;
  const words = subject ?? description ?? (category === null ? '' : categoryText(category));
  const about = words === '' ? t('noText') : words;
  const last = news?.lastMessage;
  return (
    <button type="button" class={`ticket ${news ? 'unread' : ''}`} onClick={onOpen}>
      <span class="ticket-about" dir="auto">
        {last?.text ? (
          <>
            <bdi>{last.senderName ?? t('team')}</bdi>: {last.text}
          </>
        ) : (
          about
        )}
      </span>
      <time dateTime={updatedAt}>{shortDateOf(updatedAt)}</time>
      <span class={`chip ${status}`}>{t(`status.${status}`)}</span>
      {news && <span class="badge">{t('launcherUnread', { count: news.count })}</span>}
    </button>
  );
}

function Skeleton() {
  return (
    <div class="skeleton" aria-busy="true">
      <span class="sr" role="status">
        {t('loading')}
      </span>
      <i />
      <i />
    </div>
  );
}
