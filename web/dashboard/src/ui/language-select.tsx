import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { LOCALES, type Locale } from '../../../shared/locale.js';
import { useLocale } from '../i18n/language.js';
import { t } from '../i18n/translate.js';

/** Each in its own words: who does not read the page's language finds theirs. */
export const LANGUAGE_NAMES: Record<Locale, string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
};

interface SelectProps {
  readonly onChoose: (locale: Locale) => void;
  readonly description?: ReactNode;
  readonly disabled?: boolean;
}

export function LanguageSelect({ onChoose, ...rest }: SelectProps) {
  const locale = useLocale();
  return (
    <NativeSelect
      label={t('core.language')}
      value={locale}
      onChange={({ currentTarget }) => {
        const chosen = LOCALES.find((one) => one === currentTarget.value);
        if (chosen) onChoose(chosen);
      }}
      {...rest}
    >
      {LOCALES.map((one) => (
        <option key={one} value={one} lang={one}>
          {LANGUAGE_NAMES[one]}
        </option>
      ))}
    </NativeSelect>
  );
}
