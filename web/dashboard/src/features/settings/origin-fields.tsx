import { Text } from '@mantine/core';
import { t } from '../../i18n/translate.js';
import { Section } from './section.js';
import type { FieldsProps } from './fields-props.js';
import styles from './settings.module.css';

/** Which pages may carry the widget. */
export function OriginFields({
  draft,
  onChange,
  faults,
  configured,
}: FieldsProps & { readonly configured: readonly string[] }) {
  const fault = faults['origins'] ?? faults['widgetOrigins'];
  return (
    <Section title={t('settings.origins.title')} hint={t('settings.origins.hint')} fault={fault}>
      <textarea
        className={styles.lines}
        aria-label={t('settings.origins.title')}
        aria-invalid={fault !== undefined}
        rows={4}
        maxLength={10_000}
        spellCheck={false}
        autoCapitalize="none"
        dir="ltr"
        value={draft.origins}
        onChange={({ currentTarget }) => onChange({ origins: currentTarget.value })}
      />
      {configured.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('settings.origins.configured', { origins: configured.join(', ') })}
        </Text>
      )}
    </Section>
  );
}
