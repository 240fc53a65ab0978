import '../../ui/mantine-pages.css';
import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DESK_URL } from '../../../../shared/desk-url.js';
import { t } from '../../i18n/translate.js';
import { LoadFailed } from '../../ui/feedback.js';
import { LinkAnchor } from '../../ui/links.js';
import { useSubmit } from '../../ui/use-submit.js';
import { firstStepsQuery, markStep } from './first-steps-query.js';
import { MissingParts } from './missing-parts.js';
import { Snippet } from './snippet.js';
import styles from './first-steps.module.css';

/** What a new desk needs, on the empty board of super admins; nothing once it is done or dismissed. */
export function FirstStepsCard() {
  const steps = useQuery(firstStepsQuery);
  const { busy, submit } = useSubmit();
  if (steps.isError && steps.data === undefined)
    return (
      <LoadFailed text={t('first-steps.failed')} error={steps.error} onRetry={() => void steps.refetch()} />
    );
  if (steps.data?.isShown !== true) return null;
  const { demo, snippet, colleagues } = steps.data;
  return (
    <Paper
      withBorder
      radius="lg"
      p="lg"
      component="section"
      aria-label={t('first-steps.title')}
      data-first-steps
    >
      <Group justify="space-between" align="flex-start" mb="sm">
        <div>
          <Title order={2} size="h4">
            {t('first-steps.title')}
          </Title>
          <Text c="dimmed">{t('first-steps.intro')}</Text>
        </div>
        <Button
          variant="default"
          size="xs"
          loading={busy}
          onClick={() => void submit(() => markStep('dismissed'))}
        >
          {t('first-steps.dismiss')}
        </Button>
      </Group>
      <ol className={styles.steps}>
        <Step number={1} isDone={demo} title={t('first-steps.demo.title')}>
          <Text size="sm">{t('first-steps.demo.text')}</Text>
          <Anchor
            href={`${DESK_URL}/demo`}
            target="_blank"
            rel="noopener"
            size="sm"
            onClick={() => void submit(() => markStep('demo'))}
          >
            {t('first-steps.demo.open')}
          </Anchor>
        </Step>
        <Step number={2} isDone={snippet} title={t('first-steps.snippet.title')}>
          <Snippet onCopied={() => void submit(() => markStep('snippet'))} />
        </Step>
        <Step number={3} isDone={colleagues} title={t('first-steps.colleagues.title')}>
          <Text size="sm">{t('first-steps.colleagues.text')}</Text>
          <LinkAnchor to="/people" size="sm">
            {t('first-steps.colleagues.open')}
          </LinkAnchor>
        </Step>
        <Step number={4} isDone={false} title={t('first-steps.parts.title')}>
          <MissingParts />
        </Step>
      </ol>
    </Paper>
  );
}

interface StepProps {
  readonly number: number;
  readonly isDone: boolean;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ number, isDone, title, children }: StepProps) {
  return (
    <li className={styles.step}>
      <span
        className={styles.number}
        data-done={isDone || undefined}
        {...(isDone && { role: 'img', 'aria-label': t('first-steps.done') })}
      >
        {isDone ? <IconCheck size={16} aria-hidden /> : number}
      </span>
      <Stack gap="xs" className={styles.body} align="flex-start">
        <Title order={3} size="h5">
          {title}
        </Title>
        {children}
      </Stack>
    </li>
  );
}
