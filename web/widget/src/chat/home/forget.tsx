import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../words.js';
import type { Desk } from '../desk/desk.js';
import { Card } from '../ui/parts.js';
import { loadForgetWords, type ForgetTexts } from './forget-words.js';

interface ForgetProps {
  readonly desk: Desk;
}

/** For those who share this device; loaded where it keeps something, before they ask, so that it works without a network. */
export async function load(): Promise<ComponentType<ForgetProps>> {
  const words = await loadForgetWords();
  return ({ desk }) => <Forget desk={desk} words={words} />;
}

function Forget({ desk, words }: ForgetProps & { readonly words: ForgetTexts }) {
  const [asking, ask] = useState(false);
  if (!asking)
    return (
      <p class="hint">
        <button type="button" class="link" onClick={() => ask(true)}>
          {words.ask}
        </button>
      </p>
    );
  return (
    <Card icon="alert" tone="warn" title={words.question}>
      <p>{words.what}</p>
      <p class="row">
        <button type="button" class="button" onClick={() => desk.forget()}>
          {words.remove}
        </button>
        <button type="button" class="button quiet" onClick={() => ask(false)}>
          {t('cancel')}
        </button>
      </p>
    </Card>
  );
}
