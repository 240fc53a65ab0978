import { Button, CopyButton, Group, NativeSelect, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconMessageCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type CSSProperties } from 'react';
import { DESK_URL } from '../../../../shared/desk-url.js';
import { LOCALES } from '../../../../shared/locale.js';
import { readableOn } from '../../../../shared/tokens.js';
import { answer, api } from '../../data/api.js';
import { t } from '../../i18n/translate.js';
import { LANGUAGE_NAMES } from '../../ui/language-select.js';
import { LinkAnchor } from '../../ui/links.js';
import styles from './first-steps.module.css';

/** What the widget wears while the desk has no colour. */
const OWN = '#1f6f5c';
const SIDES = ['right', 'left'] as const;
type Side = (typeof SIDES)[number];

const deskQuery = {
  queryKey: ['desk'],
  queryFn: () => answer(api.GET('/api/v1/desk')),
};

/** The line for a website, with a look at what it draws. */
export function Snippet({ onCopied }: { readonly onCopied: () => void }) {
  const [side, setSide] = useState<Side>('right');
  const [locale, setLocale] = useState('');
  const said = [
    ...(side === 'left' ? ['data-position="left"'] : []),
    ...(locale === '' ? [] : [`data-locale="${locale}"`]),
  ];
  const code = `<script src="${DESK_URL}/widget.js"${said.map((one) => ` ${one}`).join('')} async></script>`;
  return (
    <Stack gap="sm" w="100%">
      <Text size="sm">{t('first-steps.snippet.text')}</Text>
      <div className={styles.snippet}>
        <Stack gap="sm" className={styles.choices}>
          <SegmentedControl
            aria-label={t('first-steps.snippet.side')}
            data={SIDES.map((one) => ({ value: one, label: t(`first-steps.snippet.${one}`) }))}
            value={side}
            onChange={setSide}
          />
          <NativeSelect
            label={t('first-steps.snippet.language')}
            value={locale}
            onChange={({ currentTarget }) => setLocale(currentTarget.value)}
          >
            <option value="">{t('first-steps.snippet.auto')}</option>
            {LOCALES.map((one) => (
              <option key={one} value={one} lang={one}>
                {LANGUAGE_NAMES[one]}
              </option>
            ))}
          </NativeSelect>
        </Stack>
        <Preview side={side} />
      </div>
      <Code code={code} onCopied={onCopied} />
      <LinkAnchor to="/settings" size="sm">
        {t('first-steps.snippet.settings')}
      </LinkAnchor>
    </Stack>
  );
}

function Code({ code, onCopied }: { readonly code: string; readonly onCopied: () => void }) {
  return (
    <Paper withBorder p="sm" bg="var(--sunken)">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Text
          ff="monospace"
          size="sm"
          dir="ltr"
          role="group"
          aria-label={t('first-steps.snippet.code')}
          flex="1 1 220px"
          style={{ overflowWrap: 'anywhere' }}
        >
          {code}
        </Text>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="xs"
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              onClick={() => {
                copy();
                onCopied();
              }}
            >
              {copied ? t('first-steps.snippet.copied') : t('first-steps.snippet.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Paper>
  );
}

/** A small website with the widget's button, in the colour and on the side that it will have. */
function Preview({ side }: { readonly side: Side }) {
  const desk = useQuery(deskQuery);
  const colour = desk.data?.colour ?? OWN;
  const look = { '--colour': colour, '--on-colour': readableOn(colour) } as CSSProperties;
  return (
    <div className={styles.site} style={look} role="img" aria-label={t('first-steps.snippet.preview')}>
      <span className={styles.launcher} data-side={side}>
        <IconMessageCircle size={24} aria-hidden />
      </span>
    </div>
  );
}
