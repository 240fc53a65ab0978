import { Button, FileButton, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { atDesk } from '../../../../shared/desk-url.js';
import { answer, api } from '../../data/api.js';
import { useSubmit } from '../../ui/use-submit.js';
import { t } from '../../i18n/translate.js';
import { Section } from './section.js';
import { deskSettingsQuery, type DeskSettings } from './settings-query.js';
import styles from './settings.module.css';

const TYPES = 'image/png,image/jpeg,image/gif,image/webp';
const MOST_BYTES = 5 * 1024 * 1024;

/** The logo is saved by itself, as soon as it is chosen. */
export function LogoSection({ settings: { logoUrl } }: { readonly settings: DeskSettings }) {
  const client = useQueryClient();
  const { busy, faults, submit } = useSubmit();
  const keep = (saved: DeskSettings) => client.setQueryData(deskSettingsQuery.queryKey, saved);

  const upload = (file: File | null) => {
    if (file === null) return;
    void submit(async () => {
      if (file.size > MOST_BYTES) throw new Error(t('settings.logo.tooBig'));
      const form = new FormData();
      form.append('logo', file);
      const request = api.PUT('/api/v1/desk/logo', {
        body: { logo: file.name },
        bodySerializer: () => form,
      });
      keep(await answer(request));
    });
  };
  const remove = () => submit(async () => void keep(await answer(api.DELETE('/api/v1/desk/logo'))));

  return (
    <Section title={t('settings.logo.title')} hint={t('settings.logo.hint')} fault={faults['logo']}>
      <Group>
        {logoUrl === null ? (
          <Text size="sm">{t('settings.logo.none')}</Text>
        ) : (
          <img className={styles.logo} src={atDesk(logoUrl)} alt={t('settings.logo.title')} />
        )}
        <FileButton onChange={upload} accept={TYPES}>
          {(props) => (
            <Button variant="default" loading={busy} {...props}>
              {t('settings.logo.choose')}
            </Button>
          )}
        </FileButton>
        {logoUrl !== null && (
          <Button variant="subtle" color="red" loading={busy} onClick={() => void remove()}>
            {t('settings.logo.remove')}
          </Button>
        )}
      </Group>
    </Section>
  );
}
