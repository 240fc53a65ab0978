import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { LIMITS } from '../../../../../src/contract/ticket-fields.js';
import { formatMessage } from '../../../../i18n/format.js';
import type { Shape } from '../../../../client/rest/client.js';
import { asFailure, type Failure } from '../../../../client/failure.js';
import { locale } from '../../words.js';
import type { Desk } from '../desk/desk.js';
import { loadFindWords, type FindTexts } from './find-words.js';
import { Card, FailureCard } from '../ui/parts.js';
import type { Rest } from '../data/rest.js';
import { linkState, type ForeignLink } from '../data/link-state.js';
import { useStore } from '../data/store.js';

interface FindProps {
  readonly desk: Desk;
}

let view: Promise<ComponentType<FindProps> | undefined> | undefined;

/** The offer of a link by mail; nothing where the desk cannot send one. Asked once a page. */
export function load(desk: Desk): Promise<ComponentType<FindProps> | undefined> {
  view ??= make(desk.api.rest).catch((error: unknown) => {
    view = undefined;
    return asFailure(error).code === 'OFFLINE' ? explain().catch(() => undefined) : undefined;
  });
  return view;
}

/** Why there was no answer, where it is not the network. */
async function explain(): Promise<ComponentType<FindProps> | undefined> {
  const { explainRefusal } = await import('../refused-page.js');
  const words = await explainRefusal(locale());
  if (!words) return undefined;
  return () => (
    <Card icon="alert" tone="bad" title={words.title} role="alert">
      <p>{formatMessage(words.hint, { origin: location.origin }, locale())}</p>
    </Card>
  );
}

async function make(rest: Rest): Promise<ComponentType<FindProps> | undefined> {
  const { magicLink } = await rest.ask<Shape<'DonorWaysResponse'>>('GET', '/auth/donor');
  if (!magicLink) return undefined;
  const words = await loadFindWords();
  return ({ desk }) => <Find desk={desk} words={words} />;
}

function Find({ desk, words }: FindProps & { readonly words: FindTexts }) {
  const { stale, foreign } = useStore(linkState);
  const [step, setStep] = useState<'offer' | 'form' | 'busy' | 'sent'>('offer');
  const [fault, setFault] = useState('');
  const [failure, setFailure] = useState<Failure>();
  const [email, setEmail] = useState(desk.session.email);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (step === 'busy') return;
    setFailure(undefined);
    setStep('busy');
    try {
      linkState.asked = true;
      const { nonce } = linkState;
      const donorToken = desk.session.token;
      await desk.api.rest.ask('POST', '/auth/donor/link', {
        body: {
          email: email.trim(),
          locale: locale(),
          ...(nonce !== undefined && { nonce }),
          ...(donorToken !== undefined && { donorToken }),
        },
      });
      setStep('sent');
    } catch (error) {
      setStep('form');
      const refusal = asFailure(error);
      if (refusal.code === 'BAD_REQUEST') setFault(words.bad);
      else setFailure(refusal);
    }
  };

  if (step === 'sent')
    return (
      <Card icon="chat" title={words.sent} role="status">
        <p>{words.sentHint}</p>
      </Card>
    );
  return (
    <>
      {foreign && <Foreign desk={desk} link={foreign} words={words} />}
      {stale && <Card icon="alert" tone="warn" title={words.stale} role="status" />}
      {step === 'offer' ? (
        <button type="button" class="button quiet wide" onClick={() => setStep('form')}>
          {words.find}
        </button>
      ) : (
        <form noValidate onSubmit={(event) => void submit(event)}>
          <div class={`field ${fault ? 'faulty' : ''}`}>
            <label for="find-email">{words.email}</label>
            <input
              id="find-email"
              type="email"
              inputMode="email"
              autocomplete="email"
              dir="ltr"
              maxLength={LIMITS.email}
              value={email}
              aria-invalid={fault !== ''}
              aria-describedby="find-note"
              onInput={(event) => {
                setEmail(event.currentTarget.value);
                setFault('');
              }}
            />
            <p id="find-note" class="note" role={fault ? 'alert' : undefined}>
              {fault || words.hint}
            </p>
          </div>
          {failure && <FailureCard failure={failure} />}
          <button type="submit" class="button wide" aria-disabled={step === 'busy'}>
            {step === 'busy' ? words.sending : words.send}
          </button>
        </form>
      )}
    </>
  );
}

interface ForeignProps extends FindProps {
  readonly link: ForeignLink;
  readonly words: FindTexts;
}

/** A link that this browser has not asked for: whose it is, and whether it is meant. */
function Foreign({ desk, link, words }: ForeignProps) {
  const { email, accept } = link;
  return (
    <Card icon="alert" title={formatMessage(words.foreign, { email }, locale())} role="status">
      <p>{desk.session.token === undefined ? words.foreignHint : words.foreignInstead}</p>
      <button type="button" class="button wide" onClick={accept}>
        {words.foreignYes}
      </button>
      <button type="button" class="button quiet wide" onClick={() => linkState.confirm(undefined)}>
        {words.foreignNo}
      </button>
    </Card>
  );
}
