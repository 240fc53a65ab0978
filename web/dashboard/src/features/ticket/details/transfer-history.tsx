import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../data/api.js';
import { momentOf } from '../../../ui/when.js';
import { t } from '../../../i18n/translate.js';

/** Through whose hands the ticket went; loaded again when it changes hands: events know the previous owner by number alone. */
export function TransferHistory({ ticketId, ownerId }: { ticketId: string; ownerId: number | null }) {
  const { data } = useQuery({
    queryKey: ['transfers', ticketId, ownerId],
    queryFn: () => answer(api.GET('/api/v1/tickets/{id}/transfers', { params: { path: { id: ticketId } } })),
    placeholderData: (previous) => previous,
  });
  if (!data || data.length === 0) return null;
  return (
    <Stack gap={6} component="section" aria-label={t('ticket.history')}>
      <Text size="xs" c="dimmed" fw={600}>
        {t('ticket.history')}
      </Text>
      {data.map(({ id, fromAdmin, toAdmin, transferNotes, transferredAt }) => (
        <div key={id}>
          <Text size="sm">
            <bdi>{fromAdmin?.name ?? t('core.card.unassigned')}</bdi> → <bdi>{toAdmin.name}</bdi>
          </Text>
          {transferNotes && (
            <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {transferNotes}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {momentOf(transferredAt)}
          </Text>
        </div>
      ))}
    </Stack>
  );
}
