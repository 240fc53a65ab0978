import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answer, api, type Shape, type Ticket } from '../../../data/api.js';
import { LoadFailed, Loading } from '../../../ui/feedback.js';
import { useMinutes } from '../../../ui/use-minutes.js';
import { t } from '../../../i18n/translate.js';
import { DonorNotes } from './donor-notes.js';
import { languageOf, localTimeOf } from './donor-locale.js';

type Profile = Shape<'DonorProfileResponse'>;

/** What is known of the donor on all their tickets; loaded again when the donor has proven something. */
export function DonorProfile({ ticket: { id, donorProof } }: { readonly ticket: Ticket }) {
  const queryKey = ['donor', id, donorProof?.kind ?? 'guest'];
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => answer(api.GET('/api/v1/tickets/{id}/donor', { params: { path: { id } } })),
    placeholderData: (previous, query) => (query?.queryKey[1] === id ? previous : undefined),
  });
  if (data === undefined)
    return error ? (
      <LoadFailed text={t('ticket.donor.failed')} error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading rows={1} height={60} />
    );
  return (
    <>
      <Whereabouts profile={data} />
      <DonorNotes key={id} ticketId={id} notes={data.notes} queryKey={queryKey} />
    </>
  );
}

function wordsFor(spoken: string | undefined, time: string | undefined): string | undefined {
  if (time === undefined) return spoken;
  return spoken === undefined
    ? t('ticket.donor.there', { time })
    : t('ticket.donor.both', { language: spoken, time });
}

/** “Spanish, 14:32 there”, and how many tickets they have. */
function Whereabouts({ profile: { locale, timeZone, tickets } }: { readonly profile: Profile }) {
  const now = useMinutes();
  const spoken = locale === null ? undefined : languageOf(locale);
  const time = timeZone === null ? undefined : localTimeOf(now, timeZone);
  const words = wordsFor(spoken, time);
  return (
    <>
      {words !== undefined && (
        <div>
          <Text size="xs" c="dimmed">
            {t('ticket.donor.locale')}
          </Text>
          <Text size="sm" title={timeZone ?? undefined}>
            {words}
          </Text>
        </div>
      )}
      <Text size="sm">{t('ticket.donor.tickets', { count: tickets })}</Text>
    </>
  );
}
