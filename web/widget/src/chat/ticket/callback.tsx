import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { LIMITS } from '../../../../../src/contract/ticket-fields.js';
import { formatMessage } from '../../../../i18n/format.js';
import { serverNow } from '../../../../client/clock.js';
import { asFailure, type Failure } from '../../../../client/failure.js';
import { isolated } from '../../../../shared/locale.js';
import { dateIn, direction, locale, t, timeOf } from '../../words.js';
import { loadCallbackWords, type CallbackTexts } from './callback-words.js';
import type { Conversation, ConversationState } from '../desk/conversation.js';
import { Card, FailureCard } from '../ui/parts.js';
import type { Rest } from '../data/rest.js';
import type { Callback } from '../data/thread.js';

export interface CallbackProps {
  readonly rest: Rest;
  readonly conversation: Conversation;
  readonly state: ConversationState;
  /** Somebody may be there for another call. */
  readonly mayRing: boolean;
}

export type AskProps = Pick<CallbackProps, 'rest' | 'state'> & { readonly onDone: () => void };

interface InWords extends CallbackProps {
  readonly words: CallbackTexts;
}

/** What follows a call that nobody took; loaded then, in the donor's language. */
export async function load(): Promise<ComponentType<CallbackProps>> {
  const words = await loadCallbackWords();
  return (props) => <CallbackCard words={words} {...props} />;
}

/** The form alone, for who asks for a callback in place of a call. */
export async function loadForm(): Promise<ComponentType<AskProps>> {
  const words = await loadCallbackWords();
  return (props) => <CallbackForm words={words} {...props} />;
}

/** Where to call, as a field of another form. */
export async function loadPhone(): Promise<ComponentType<PhoneProps>> {
  const words = await loadCallbackWords();
  return (props) => <PhoneField words={words} {...props} />;
}

/** That nobody could answer, when we call back, and how to say where and when. */
function CallbackCard(props: InWords) {
  const { words, rest, conversation, state, mayRing } = props;
  const { missed, callback, ticketId } = state.thread;
  const [isAsking, ask] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const drop = async () => {
    setFailure(undefined);
    try {
      await rest.ask('DELETE', `/tickets/${ticketId}/callback`);
    } catch (error) {
      setFailure(asFailure(error));
    }
  };
  if (isAsking) return <CallbackForm {...props} onDone={() => ask(false)} />;
  const wording = callback?.phone ? words.change : callback ? words.number : words.ask;
  return (
    <Card icon="phone" tone="warn" title={titleOf(words, state)} role="status">
      <p>{callback ? promiseOf(words, callback, missed !== undefined) : words.rejectedHint}</p>
      {failure && <FailureCard failure={failure} />}
      <p class="row">
        <button type="button" class="button" onClick={() => ask(true)}>
          {wording}
        </button>
        {missed && !missed.rejected && mayRing && (
          <button
            type="button"
            class="button"
            aria-disabled={state.busy === 'call'}
            onClick={() => void conversation.requestCall(missed.video ? 'video' : 'audio')}
          >
            {words.again}
          </button>
        )}
        {callback ? (
          <button type="button" class="button quiet" onClick={() => void drop()}>
            {words.drop}
          </button>
        ) : (
          <button type="button" class="button quiet" onClick={() => conversation.forgetMissed()}>
            {t('dismiss')}
          </button>
        )}
      </p>
    </Card>
  );
}

interface FormProps extends AskProps {
  readonly words: CallbackTexts;
}

type Fault = 'phone' | 'at';

function CallbackForm({ words, rest, state, onDone }: FormProps) {
  const { ticketId, callback } = state.thread;
  const [phone, setPhone] = useState(callback?.phone ?? '');
  const [when, setWhen] = useState('');
  const [fault, setFault] = useState<Fault>();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setFault(undefined);
    setFailure(undefined);
    setBusy(true);
    try {
      const at = when && new Date(when).toISOString();
      const body = { phone: phone.trim() || null, ...(at && { at }) };
      await rest.ask('PUT', `/tickets/${ticketId}/callback`, { body });
      onDone();
    } catch (error) {
      setBusy(false);
      const refused = faultOf(error);
      if (refused) setFault(refused);
      else setFailure(asFailure(error));
    }
  };

  return (
    <form class="card" noValidate onSubmit={(event) => void submit(event)}>
      <div class="card-body">
        <p class="card-title">{words.ask}</p>
        <PhoneField words={words} isFaulty={fault === 'phone'} value={phone} onInput={setPhone} />
        <Field
          name="when"
          label={words.when}
          note={fault === 'at' ? words.whenBad : words.whenHint}
          isFaulty={fault === 'at'}
          attributes={{ type: 'datetime-local', min: localMinute(new Date(serverNow())) }}
          value={when}
          onInput={setWhen}
        />
        {failure && <FailureCard failure={failure} />}
        <p class="row">
          <button type="submit" class="button primary" aria-disabled={busy}>
            {busy ? words.sending : words.send}
          </button>
          <button type="button" class="button quiet" onClick={onDone}>
            {t('cancel')}
          </button>
        </p>
      </div>
    </form>
  );
}

type PhoneProps = Pick<FieldProps, 'isFaulty' | 'value' | 'onInput'>;

function PhoneField({ words, ...props }: PhoneProps & { readonly words: CallbackTexts }) {
  return (
    <Field
      name="phone"
      label={words.phone}
      note={props.isFaulty ? words.phoneBad : words.phoneHint}
      attributes={{ type: 'tel', autocomplete: 'tel', dir: 'ltr', maxLength: LIMITS.phone }}
      {...props}
    />
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly note: string;
  readonly isFaulty: boolean;
  readonly attributes: object;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

function Field({ name, label, note, isFaulty, attributes, value, onInput }: FieldProps) {
  const id = `callback-${name}`;
  return (
    <div class={`field ${isFaulty ? 'faulty' : ''}`}>
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        {...attributes}
        value={value}
        aria-invalid={isFaulty}
        aria-describedby={`${id}-note`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id={`${id}-note`} class="note" role={isFaulty ? 'alert' : undefined}>
        {note}
      </p>
    </div>
  );
}

function titleOf(words: CallbackTexts, { thread: { missed, callback } }: ConversationState): string {
  if (missed?.rejected && !callback) return words.rejected;
  return missed ? words.missed : words.planned;
}

function promiseOf(words: CallbackTexts, { dueAt, phone }: Callback, isMissed: boolean): string {
  const today = new Date(dueAt).toDateString() === new Date(serverNow()).toDateString();
  const day: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };
  const time = today ? timeOf(dueAt) : dateIn(dueAt, { ...day, hour: 'numeric', minute: '2-digit' });
  if (!phone) return formatMessage(isMissed ? words.missedHere : words.plannedHere, { time }, locale());
  // A number keeps to one line, in its own order.
  const values = { time, phone: isolated(phone.replace(/\s/g, '\u00a0'), direction()) };
  return formatMessage(isMissed ? words.missedPhone : words.plannedPhone, values, locale());
}

/** Which field the server finds no use for. */
function faultOf(error: unknown): Fault | undefined {
  if (!('fields' in (error as object))) return undefined;
  const { fields } = error as { fields: object };
  return 'phone' in fields ? 'phone' : 'at' in fields ? 'at' : undefined;
}

/** As a field for local times reads it: `2026-11-20T09:30`. */
function localMinute(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
