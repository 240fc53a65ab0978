import { IconPhoneCalling } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../data/api.js';
import { LinkNav } from '../../ui/links.js';
import { t } from '../../i18n/translate.js';
import { ToneBadge } from '../../ui/tone-badge.js';

/** How many donors are to be called back; lists of tickets are loaded again with it. */
const countQuery = {
  queryKey: ['tickets', 'callbacks'],
  queryFn: async (): Promise<number> => {
    const request = api.GET('/api/v1/tickets', { params: { query: { callback: 'owed', limit: 1 } } });
    await answer(request);
    return Number((await request).response.headers.get('x-total-count'));
  },
};

export function CallbacksLink({
  active,
  onClick,
}: {
  readonly active: boolean;
  readonly onClick: () => void;
}) {
  const { data: count = 0 } = useQuery(countQuery);
  return (
    <LinkNav
      to="/tickets"
      search={{ callback: 'owed' }}
      label={t('core.callback.title')}
      leftSection={<IconPhoneCalling size={18} aria-hidden />}
      rightSection={
        count > 0 && (
          <ToneBadge tone="warning" size="sm">
            {count}
          </ToneBadge>
        )
      }
      active={active}
      onClick={onClick}
    />
  );
}
