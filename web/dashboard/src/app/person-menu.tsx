import { Indicator, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconBell,
  IconCircleFilled,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSun,
} from '@tabler/icons-react';
import type { Availability } from '../../../../src/contract/roles.js';
import { NOTIFY } from '../calls/use-alarm.js';
import { session } from '../session/session.js';
import { useMe } from '../session/use-session.js';
import { answer, api } from './api.js';
import { Face } from './face.js';
import { showFailure } from './feedback.js';
import { useStored } from './stored.js';
import { texts } from './texts.js';

const AVAILABILITY_COLOR: Record<Availability, string> = {
  online: 'var(--mantine-color-green-6)',
  away: 'var(--mantine-color-yellow-6)',
  offline: 'var(--mantine-color-gray-5)',
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
        <UnstyledButton aria-label={texts.nav.person(me.name, texts.availability[me.availability])}>
          <Indicator
            size={12}
            radius="xl"
            offset={4}
            position="bottom-end"
            withBorder
            color={AVAILABILITY_COLOR[me.availability]}
            zIndex={1}
          >
            <Face size={34} name={me.name} src={me.avatar} />
          </Indicator>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.name}</Menu.Label>
        <AvailabilityItems mine={me.availability} />
        <Menu.Divider />
        <NotifyItem />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} closeMenuOnClick onClick={onHelp}>
          {texts.shortcuts.title}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{texts.scheme.label}</Menu.Label>
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => void session.signOut().catch(showFailure)}
        >
          {texts.nav.signOut}
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
  return (['online', 'away', 'offline'] as const).map((availability) => (
    <Menu.Item
      key={availability}
      role="menuitemradio"
      aria-checked={mine === availability}
      fw={mine === availability ? 700 : 400}
      leftSection={<IconCircleFilled size={12} color={AVAILABILITY_COLOR[availability]} aria-hidden />}
      onClick={() => choose(availability)}
    >
      {texts.availability[availability]}
    </Menu.Item>
  ));
}

function SchemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return SCHEMES.map(([scheme, Icon]) => (
    <Menu.Item
      key={scheme}
      role="menuitemradio"
      aria-checked={colorScheme === scheme}
      fw={colorScheme === scheme ? 700 : 400}
      leftSection={<Icon size={16} aria-hidden />}
      onClick={() => setColorScheme(scheme)}
    >
      {texts.scheme[scheme]}
    </Menu.Item>
  ));
}

/** Notifications of the system, for when the page is not in front. Only where the browser has them. */
function NotifyItem() {
  const [stored, setStored] = useStored(NOTIFY);
  if (!('Notification' in window)) return null;
  const isOn = stored === 'on' && Notification.permission === 'granted';
  async function toggle(): Promise<void> {
    if (isOn) {
      setStored(null);
      return;
    }
    const permission = await Notification.requestPermission();
    if (permission === 'granted') setStored('on');
    else notifications.show({ color: 'yellow', message: texts.call.notifyBlocked, role: 'status' });
  }
  return (
    <Menu.Item
      role="menuitemcheckbox"
      aria-checked={isOn}
      fw={isOn ? 700 : 400}
      leftSection={<IconBell size={16} aria-hidden />}
      onClick={() => void toggle()}
    >
      {texts.call.notify}
    </Menu.Item>
  );
}
