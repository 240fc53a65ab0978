import {
  ActionIcon,
  Alert,
  AppShell,
  Burger,
  Group,
  Menu,
  Text,
  TextInput,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconCircleFilled,
  IconDeviceDesktop,
  IconLayoutBoard,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
  IconTicket,
  IconUser,
} from '@tabler/icons-react';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useState, type SubmitEvent } from 'react';
import type { Availability } from '../../../../src/contract/roles.js';
import { CallDock } from '../calls/call-dock.js';
import { CallProvider } from '../calls/call-context.js';
import { Ring } from '../calls/ring.js';
import { useConnectionState } from '../live/live.js';
import { session } from '../session/session.js';
import { useMe } from '../session/use-session.js';
import { answer, api } from './api.js';
import { showFailure } from './feedback.js';
import { LinkNav } from './links.js';
import { ShortcutHelp, useGlobalShortcuts } from './shortcuts.js';
import { texts } from './texts.js';

const AVAILABILITY_COLOR: Record<Availability, string> = { online: 'green', away: 'yellow', offline: 'gray' };

/** Header, navigation, the state of the connection, and what may ring on any page. */
export function Shell() {
  const [menuOpen, menu] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const help = useGlobalShortcuts();
  return (
    <CallProvider>
      <a className="skip-link" href="#content">
        {texts.skipToContent}
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
        padding="md"
      >
        <AppShell.Header px="md">
          <Group h="100%" justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap">
              <Burger
                hiddenFrom="sm"
                size="sm"
                opened={menuOpen}
                onClick={menu.toggle}
                aria-label={texts.nav.open}
              />
              <Text fw={700} c="brand" visibleFrom="xs">
                {texts.product}
              </Text>
            </Group>
            <Search />
            <PersonMenu />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" component="nav">
          <LinkNav
            to="/"
            label={texts.nav.board}
            leftSection={<IconLayoutBoard size={18} aria-hidden />}
            active={path === '/'}
            onClick={menu.close}
          />
          <LinkNav
            to="/tickets"
            label={texts.nav.tickets}
            leftSection={<IconTicket size={18} aria-hidden />}
            active={path.startsWith('/tickets')}
            onClick={menu.close}
          />
        </AppShell.Navbar>
        <AppShell.Main id="content">
          <ConnectionBanner />
          <Outlet />
        </AppShell.Main>
      </AppShell>
      <Ring />
      <CallDock />
      <ShortcutHelp {...help} />
    </CallProvider>
  );
}

function ConnectionBanner() {
  const state = useConnectionState();
  if (state !== 'offline' && state !== 'unauthorized') return null;
  return (
    <Alert color="yellow" variant="light" mb="sm" role="status" py="xs">
      {texts.connection[state]}
    </Alert>
  );
}

function Search() {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    void navigate({ to: '/tickets', search: text.trim() === '' ? {} : { q: text.trim() } });
  }
  return (
    <form role="search" onSubmit={submit} style={{ flex: 1, maxWidth: 460 }}>
      <TextInput
        id="global-search"
        type="search"
        aria-label={texts.nav.search}
        placeholder={texts.nav.search}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );
}

function PersonMenu() {
  const me = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const choose = (availability: Availability): void => {
    answer(api.PUT('/api/v1/users/me/availability', { body: { availability } })).then(
      session.updateUser.bind(session),
      showFailure,
    );
  };
  return (
    <Menu position="bottom-end" width={220} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" radius="xl" aria-label={me.name}>
          <IconUser size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.name}</Menu.Label>
        {(['online', 'away', 'offline'] as const).map((availability) => (
          <Menu.Item
            key={availability}
            role="menuitemradio"
            aria-checked={me.availability === availability}
            fw={me.availability === availability ? 700 : 400}
            leftSection={
              <IconCircleFilled
                size={12}
                color={`var(--mantine-color-${AVAILABILITY_COLOR[availability]}-6)`}
                aria-hidden
              />
            }
            onClick={() => choose(availability)}
          >
            {texts.availability[availability]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{texts.scheme.label}</Menu.Label>
        {(
          [
            ['light', IconSun],
            ['dark', IconMoon],
            ['auto', IconDeviceDesktop],
          ] as const
        ).map(([scheme, Icon]) => (
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
        ))}
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
