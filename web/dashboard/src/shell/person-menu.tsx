import {
  Indicator,
  Menu,
  UnstyledButton,
  VisuallyHidden,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core';
import {
  IconBell,
  IconCircleFilled,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { AVAILABILITIES, type Availability } from '../../../../src/contract/roles.js';
import { session } from '../data/session/session.js';
import { useMe } from '../data/session/use-session.js';
import { t } from '../i18n/translate.js';
import { answer, api } from '../data/api.js';
import { Face } from '../ui/face.js';
import { showFailure } from '../ui/feedback.js';
import { LinkMenuItem } from '../ui/links.js';
import icons from '../ui/icons.module.css';

const AVAILABILITY_COLOR: Record<Availability, string> = {
  online: 'var(--success)',
  away: 'var(--warning)',
  offline: 'var(--muted)',
};

const SCHEMES = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconDeviceDesktop],
] as const;

/** Everything about oneself: whether one can be reached, how the page looks, and the way out. */
export function PersonMenu({ onHelp }: { onHelp: () => void }) {
  const me = useMe();
  return (
    <Menu position="bottom-end" width={230} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton>
          <VisuallyHidden>
            {t('core.nav.person', {
              name: me.name,
              availability: t(`core.availability.${me.chosenAvailability}`),
            })}
          </VisuallyHidden>
          <Indicator
            aria-hidden
            size={12}
            radius="xl"
            offset={4}
            position="bottom-end"
            withBorder
            color={AVAILABILITY_COLOR[me.chosenAvailability]}
            zIndex={1}
          >
            <Face size={34} name={me.name} src={me.avatar} />
          </Indicator>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label dir="auto">{me.name}</Menu.Label>
        <AvailabilityItems mine={me.chosenAvailability} />
        <Menu.Divider />
        <LinkMenuItem to="/account" leftSection={<IconUserCircle size={16} aria-hidden />} closeMenuOnClick>
          {t('core.nav.account')}
        </LinkMenuItem>
        <LinkMenuItem to="/notifications" leftSection={<IconBell size={16} aria-hidden />} closeMenuOnClick>
          {t('core.nav.notifications')}
        </LinkMenuItem>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} closeMenuOnClick onClick={onHelp}>
          {t('core.nav.shortcuts')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('core.scheme.label')}</Menu.Label>
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} className={icons.directional} aria-hidden />}
          onClick={() => void session.signOut().catch(showFailure)}
        >
          {t('core.nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function AvailabilityItems({ mine }: { mine: Availability }) {
  const choose = (availability: Availability): void => {
    answer(api.PUT('/api/v1/users/me/availability', { body: { availability } })).then(
      session.updateUser.bind(session),
      showFailure,
    );
  };
  return (
    <Menu.RadioGroup value={mine} onChange={(value) => choose(value as Availability)}>
      {AVAILABILITIES.map((availability) => (
        <Menu.RadioItem
          key={availability}
          value={availability}
          rightSection={<IconCircleFilled size={12} color={AVAILABILITY_COLOR[availability]} aria-hidden />}
        >
          {t(`core.availability.${availability}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

function SchemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
      {SCHEMES.map(([scheme, Icon]) => (
        <Menu.RadioItem key={scheme} value={scheme} rightSection={<Icon size={16} aria-hidden />}>
          {t(`core.scheme.${scheme}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
