import { Group, Stack, TextInput } from '@mantine/core';
import type { CSSProperties } from 'react';
import { readableOn } from '../../../../shared/tokens.js';
import { product } from '../../ui/product.js';
import { t } from '../../i18n/translate.js';
import { isColour, type Draft } from './draft.js';
import { Section } from './section.js';
import type { FieldsProps } from './fields-props.js';
import styles from './settings.module.css';

/** What a colour field shows while none is chosen. */
const OWN = '#1f6f5c';

/** Name, colour with a look at it, and how soon somebody answers. */
export function GeneralFields({ draft, onChange, faults }: FieldsProps) {
  return (
    <Section title={t('settings.general.title')}>
      <TextInput
        label={t('settings.general.name')}
        description={t('settings.general.nameHint')}
        value={draft.name}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
        maxLength={60}
        error={faults['name']}
        autoComplete="off"
      />
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t('settings.general.colour')}
          description={t('settings.general.colourHint')}
          placeholder={OWN}
          value={draft.colour}
          onChange={({ currentTarget }) => onChange({ colour: currentTarget.value })}
          maxLength={7}
          error={faults['colour']}
          autoComplete="off"
          spellCheck={false}
          dir="ltr"
          flex="1 1 200px"
        />
        <input
          type="color"
          className={styles.swatch}
          aria-label={t('settings.general.pick')}
          value={isColour(draft.colour) ? draft.colour : OWN}
          onChange={({ currentTarget }) => onChange({ colour: currentTarget.value })}
        />
      </Group>
      <Preview draft={draft} />
      <TextInput
        label={t('settings.general.reply')}
        description={t('settings.general.replyHint')}
        inputMode="numeric"
        value={draft.reply}
        onChange={({ currentTarget }) => onChange({ reply: currentTarget.value })}
        maxLength={5}
        error={faults['reply'] ?? faults['expectedReplyMinutes']}
        autoComplete="off"
        maw={320}
      />
    </Section>
  );
}

/** How the chat of a donor begins in this colour. */
function Preview({ draft }: { readonly draft: Draft }) {
  const colour = isColour(draft.colour) ? draft.colour : OWN;
  const look = { '--colour': colour, '--on-colour': readableOn(colour) } as CSSProperties;
  return (
    <Stack
      gap={0}
      className={styles.preview}
      style={look}
      role="img"
      aria-label={t('settings.general.preview')}
    >
      <div className={styles.previewHead} dir="auto">
        {draft.name.trim() || product.name}
      </div>
      <div className={styles.previewBody}>
        <span dir="auto">{draft.greetings.en || t('settings.general.sample')}</span>
      </div>
    </Stack>
  );
}
