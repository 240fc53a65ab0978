import type { ComponentChildren } from 'preact';
import { serverNow } from '../../client/clock.js';
import { Failure } from '../../client/failure.js';
import { OpenCallCard, Waiting } from '../src/chat/ticket/call-area.js';
import { Composer } from '../src/chat/ticket/composer.js';
import type { EndingTexts } from '../src/chat/ticket/ending-words.js';
import { Bar, Card, FailureCard } from '../src/chat/ui/parts.js';
import { Rating } from '../src/chat/ticket/rating.js';
import { ThreadLog } from '../src/chat/ticket/thread-log.js';
import { StreamState } from '../src/chat/ticket/ticket-view.js';
import { direction, locale } from '../src/words.js';
import { call, conversation, outbox, state, thread } from './states.js';

/** Panels in the flow of the page, as high as what is in them. */
export const frameCss = `
  .gallery { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 24px; padding: 16px; }
  .gallery > .panel { position: static; height: auto; max-width: 100%; animation: none; }
  .gallery > .panel > * { width: 100%; min-width: 0; }
`;

const TONES = ['calm', 'good', 'warn', 'bad'] as const;
const WAIT_MS = 90_000;

/** The chat of the widget in its main states, each in a panel of its own. */
export function Specimens({ ending }: { readonly ending: EndingTexts }) {
  const admin = thread.admin ?? { name: 'Ada', avatar: null };
  return (
    <main class="gallery" dir={direction()} lang={locale()}>
      <Specimen name="Bar">
        <Bar title={admin.name} subtitle="Online" person={admin} onBack={nothing} onClose={nothing} />
      </Specimen>
      <Specimen name="ThreadLog">
        <ThreadLog conversation={conversation} state={state({ outbox, typing: 'Ada' })} />
      </Specimen>
      <Specimen name="ThreadLog that is loading">
        <ThreadLog
          conversation={conversation}
          state={state({ loaded: false, thread: { ...thread, entries: [] } })}
        />
      </Specimen>
      <Specimen name="Composer">
        <Composer conversation={conversation} reopens={false} />
      </Specimen>
      <Specimen name="Composer that reopens">
        <Composer conversation={conversation} reopens />
      </Specimen>
      <Specimen name="OpenCallCard">
        <OpenCallCard thread={{ ...thread, call }} onJoin={nothing} />
        <OpenCallCard thread={{ ...thread, call: { ...call, ringing: false } }} onJoin={nothing} />
      </Specimen>
      <Specimen name="Waiting">
        <Waiting
          request={{ id: 'request', video: false, expiresAt: serverNow() + WAIT_MS }}
          isBusy={false}
          onCancel={nothing}
        />
      </Specimen>
      <Specimen name="Rating">
        <Rating words={ending} conversation={conversation} state={state({})} />
      </Specimen>
      <Specimen name="Rating that was given">
        <Rating
          words={ending}
          conversation={conversation}
          state={state({ thread: { ...thread, rating: 4 } })}
        />
      </Specimen>
      <Specimen name="Card">
        {TONES.map((tone) => (
          <Card key={tone} icon="check" tone={tone} title={tone}>
            <p>{tone}</p>
          </Card>
        ))}
      </Specimen>
      <Specimen name="FailureCard">
        <FailureCard failure={new Failure('OFFLINE', 'No connection', true)} onDismiss={nothing} />
      </Specimen>
      <Specimen name="StreamState">
        {(['catching-up', 'degraded', 'offline', 'failed'] as const).map((stream) => (
          <StreamState key={stream} conversation={conversation} state={state({ stream })} />
        ))}
      </Specimen>
    </main>
  );
}

function Specimen({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <section class="panel" data-specimen={name} aria-label={name}>
      <div>{children}</div>
    </section>
  );
}

function nothing(): void {
  // Specimens only show.
}
