import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answer, api, type Shape } from '../../data/api.js';
import { t } from '../../i18n/translate.js';
import { Loading } from '../../ui/feedback.js';

type Parts = Shape<'AdvancedHealthResponse'>['parts'];

const healthQuery = {
  queryKey: ['health'],
  queryFn: () => answer(api.GET('/health/advanced')),
};

/** What the server says that it could do, if somebody set it up, and what is not well. */
export function MissingParts() {
  const health = useQuery(healthQuery);
  if (health.isPending) return <Loading rows={1} height={24} />;
  if (health.data === undefined) return <Text size="sm">{t('first-steps.parts.failed')}</Text>;
  const missing = missingOf(health.data.parts);
  if (missing.length === 0) return <Text size="sm">{t('first-steps.parts.fine')}</Text>;
  return (
    <>
      <List size="sm" spacing={4} listStyleType="disc">
        {missing.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed">
        {t('first-steps.parts.how')}
      </Text>
    </>
  );
}

function missingOf(parts: Parts): string[] {
  return Object.entries(parts).flatMap(([part, { status }]) => {
    if (status === 'down' || status === 'degraded') return [t('first-steps.parts.trouble', { part })];
    if (status === 'off' && (part === 'mail' || part === 'push')) return [t(`first-steps.parts.${part}`)];
    // Redis is for several processes, which a new desk is not.
    return [];
  });
}
