import { Avatar, Tooltip } from '@mantine/core';
import type { Viewer } from '../../../../../src/contract/socket-events.js';
import { isolated } from '../../../../shared/locale.js';
import { Face } from '../../ui/face.js';
import { t } from '../../i18n/translate.js';

/** Colleagues who look at this too. */
export function Viewers({ viewers }: { viewers: readonly Viewer[] }) {
  if (viewers.length === 0) return null;
  const label = t('ticket.viewers', { names: viewers.map(({ name }) => isolated(name)).join(', ') });
  return (
    <Tooltip label={label}>
      <Avatar.Group role="img" aria-label={label} tabIndex={0}>
        {viewers.slice(0, 4).map(({ id, name, avatar }) => (
          <Face key={id} size={30} src={avatar} name={name} />
        ))}
      </Avatar.Group>
    </Tooltip>
  );
}
