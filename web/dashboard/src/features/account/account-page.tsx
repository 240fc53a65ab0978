import '../../ui/mantine-pages.css';
import { Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { SignIns } from '../sign-ins/sign-ins.js';
import { t } from '../../i18n/translate.js';
import { LanguageSection } from './language-section.js';
import { PasswordSection } from './password-section.js';
import { PictureSection } from './picture-section.js';
import { ProfileSection } from './profile-section.js';
import { SecondFactorSection } from './second-factor-section.js';

/** Everything about oneself: a section each. */
export function AccountPage() {
  return (
    <Stack maw={640} w="100%">
      <Title order={1} size="h3">
        {t('account.title')}
      </Title>
      <Section title={t('account.picture')}>
        <PictureSection />
      </Section>
      <Section title={t('account.profile')}>
        <ProfileSection />
      </Section>
      <Section title={t('core.language')}>
        <LanguageSection />
      </Section>
      <Section title={t('account.password')}>
        <PasswordSection />
      </Section>
      <Section title={t('account.secondFactor')}>
        <SecondFactorSection />
      </Section>
      <Section title={t('sign-ins.title')}>
        <SignIns whose="own" />
      </Section>
    </Stack>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder radius="md" p="md" component="section" aria-label={title}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}
