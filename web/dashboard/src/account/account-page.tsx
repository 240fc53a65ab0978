import '../app/mantine-pages.css';
import './account.css';
import { Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { SignIns } from '../sign-ins/sign-ins.js';
import { words as signInWords } from '../sign-ins/sign-ins-texts.js';
import { words } from './account-texts.js';
import { PasswordSection } from './password-section.js';
import { PictureSection } from './picture-section.js';
import { ProfileSection } from './profile-section.js';
import { SecondFactorSection } from './second-factor-section.js';

/** Everything about oneself: a section each. */
export function AccountPage() {
  return (
    <Stack maw={640} w="100%">
      <Title order={1} size="h3">
        {words.title}
      </Title>
      <Section title={words.picture}>
        <PictureSection />
      </Section>
      <Section title={words.profile}>
        <ProfileSection />
      </Section>
      <Section title={words.password}>
        <PasswordSection />
      </Section>
      <Section title={words.secondFactor}>
        <SecondFactorSection />
      </Section>
      <Section title={signInWords.title}>
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
