import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { LIMITS } from '../../../../../src/contract/ticket-fields.js';
import { isEmailAddress } from '../../../../../src/contract/email-address.js';
import { writtenText } from '../../../../../src/contract/text.js';
import { asFailure, type Failure } from '../../../../client/failure.js';
import { t } from '../../words.js';
import { categories } from '../desk/categories.js';
import type { Desk } from '../desk/desk.js';
import type { Draft } from '../desk/new-ticket.js';
import { Icon } from '../../icons.js';
import { Bar, FailureCard } from '../ui/parts.js';
import { useStore } from '../data/store.js';
import { useLoaded } from '../ui/use-loaded.js';

type Faults = Partial<Record<keyof Draft, string>>;

/** The door that was taken says how they will talk. */
const TITLES = { text: 'formTitle', audio: 'startAudio', video: 'startVideo' } as const;

const titleOf = ({ mode }: Draft, words?: { readonly askCallback: string }): string =>
  mode === 'callback' ? (words?.askCallback ?? '') : t(TITLES[mode]);

interface TicketFormProps {
  readonly desk: Desk;
  readonly onClose: () => void;
}

export function TicketForm({ desk, onClose }: TicketFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>({ ...desk.draft });
  const [faults, setFaults] = useState<Faults>({});
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<Draft>) => {
    desk.edit(part);
    setDraft({ ...draft, ...part });
    setFaults(Object.fromEntries(Object.entries(faults).filter(([name]) => !(name in part))));
  };

  const { opening } = useStore(desk);
  // Nobody is there to ring for; who chose a callback keeps it when somebody comes.
  const words = opening && (!opening.canCall || draft.mode === 'callback') ? opening.words : undefined;
  const PhoneField = useLoaded('callback', words !== undefined, opening, () =>
    import('../ticket/callback.js').then(({ loadPhone }) => loadPhone()),
  );
  useEffect(() => {
    if (words && draft.mode !== 'text') change({ mode: 'callback' });
  }, [words, draft.mode]);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const found = faultsOf(draft);
    setFaults(found);
    setFailure(undefined);
    const [first] = Object.keys(found);
    if (first) {
      form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
      return;
    }
    setBusy(true);
    try {
      await desk.create();
    } catch (error) {
      setBusy(false);
      if (isAbout(error, 'donorEmail')) setFaults({ email: t('badEmail') });
      else if (isAbout(error, 'callback')) setFaults({ phone: '' });
      else setFailure(asFailure(error));
    }
  };

  return (
    <form class="view form" ref={form} noValidate onSubmit={(event) => void submit(event)}>
      <Bar title={titleOf(draft, words)} onBack={() => desk.go({ name: 'home' })} onClose={onClose} />
      <div class="scroll">
        <p class="hint">{t('formIntro')}</p>
        <Field
          name="message"
          label={t('formMessage')}
          optional={draft.mode !== 'text'}
          fault={faults.message}
        >
          {(props) => (
            <textarea
              {...props}
              rows={4}
              dir="auto"
              required={draft.mode === 'text'}
              placeholder={t('formMessagePlaceholder')}
              value={draft.message}
              onInput={(event) => change({ message: event.currentTarget.value })}
            />
          )}
        </Field>
        {draft.mode === 'callback' && PhoneField && (
          <PhoneField
            value={draft.phone}
            isFaulty={faults.phone !== undefined}
            onInput={(phone) => change({ phone })}
          />
        )}
        <Field name="email" label={t('formEmail')} hint={t('formEmailHint')} fault={faults.email}>
          {(props) => (
            <input
              {...props}
              type="email"
              inputMode="email"
              autocomplete="email"
              required
              dir="ltr"
              maxLength={LIMITS.email}
              value={draft.email}
              onInput={(event) => change({ email: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field name="name" label={t('formName')} optional>
          {(props) => (
            <input
              {...props}
              type="text"
              dir="auto"
              autocomplete="name"
              maxLength={LIMITS.name}
              value={draft.name}
              onInput={(event) => change({ name: event.currentTarget.value })}
            />
          )}
        </Field>
        <CategoryField desk={desk} category={draft.category} onChange={change} />
      </div>
      <footer class="foot">
        {failure && <FailureCard failure={failure} />}
        <button type="submit" class="button primary wide" aria-disabled={busy}>
          {busy ? t('formSending') : t('formSend')}
        </button>
      </footer>
    </form>
  );
}

interface CategoryFieldProps {
  readonly desk: Desk;
  readonly category: string;
  readonly onChange: (part: Partial<Draft>) => void;
}

function CategoryField({ desk, category, onChange }: CategoryFieldProps) {
  const list =
    useLoaded('categories', true, 0, () =>
      import('../desk/category-list.js')
        .then(({ loadCategories }) => loadCategories(desk))
        .catch(() => undefined),
    ) ?? categories();
  return (
    <details class="more" open={category !== ''}>
      <summary>
        {t('formCategory')} <span class="optional">({t('optional')})</span>
        <Icon name="down" size={18} />
      </summary>
      <span class="select">
        <select
          name="category"
          aria-label={t('formCategory')}
          value={category}
          onChange={(event) => onChange({ category: event.currentTarget.value })}
        >
          <option value="">{t('formCategoryNone')}</option>
          {list.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
        <Icon name="down" size={18} />
      </span>
    </details>
  );
}

interface FieldProps {
  readonly name: keyof Draft;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly fault?: string;
  readonly children: (props: {
    id: string;
    name: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean;
  }) => JSX.Element;
}

function Field({ name, label, hint, optional, fault, children }: FieldProps) {
  const id = `field-${name}`;
  const noteId = `${id}-note`;
  const note = fault ?? hint;
  return (
    <div class={`field ${fault ? 'faulty' : ''}`}>
      <label for={id}>
        {label} {optional && <span class="optional">({t('optional')})</span>}
      </label>
      {children({ id, name, 'aria-describedby': note && noteId, 'aria-invalid': fault !== undefined })}
      {note && (
        <p id={noteId} class="note" role={fault ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}

/** In the order of the fields: the first one gets the keyboard. */
function faultsOf({ email, message, mode }: Draft): Faults {
  const faults: Faults = {};
  if (mode === 'text' && !writtenText(message)) faults.message = t('missingMessage');
  if (message.length > LIMITS.description) faults.message = t('tooLong', { count: LIMITS.description });
  if (!email.trim()) faults.email = t('missingEmail');
  else if (!isEmailAddress(email.trim())) faults.email = t('badEmail');
  return faults;
}

/** The server looks at email addresses more closely than we do. */
function isAbout(error: unknown, field: string): boolean {
  const { fields = {} } = error as { fields?: object };
  return Object.keys(fields).some((name) => name.startsWith(field));
}
