import { AppShell, Burger, Group, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { DESK_URL } from '../../../shared/desk-url.js';
import {
  IconHistory,
  IconLayoutBoard,
  IconSearch,
  IconTicket,
  IconTool,
  IconUsers,
} from '@tabler/icons-react';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, useEffect, useState, type SubmitEvent } from 'react';
import { CallbacksLink } from '../features/callbacks/callbacks-link.js';
import { CallDock } from '../features/calls/call-dock.js';
import { CallProvider } from '../features/calls/call-context.js';
import { NOTIFY } from '../ui/alarm/use-alarm.js';
import { Ring } from '../features/calls/ringing/ring.js';
import { connection } from '../data/live/live.js';
import { readSearch } from '../data/lists/list-search.js';
import { useMe } from '../data/session/use-session.js';
import { useLocale, withWords } from '../i18n/language.js';
import { t } from '../i18n/translate.js';
import { LinkNav } from '../ui/links.js';
import { Logo } from '../ui/logo.js';
import { partFailed } from '../ui/feedback.js';
import { Part } from '../ui/part.js';
import { ConnectionBanner } from './connection-banner.js';
import { PersonMenu } from './person-menu.js';
import { useGlobalShortcuts } from './global-shortcuts.js';
import { useStored } from '../storage/stored.js';
import { product } from '../ui/product.js';
import styles from './shell.module.css';

const ShortcutHelp = lazy(async () => ({
  default: (await withWords(import('./shortcut-help.js'), 'shortcuts')).ShortcutHelp,
}));
const UnreadLinks = lazy(async () => ({
  default: (await withWords(import('../features/unread/unread.js'), 'unread')).UnreadLinks,
}));
const BrowserNotices = lazy(async () => ({
  default: (await withWords(import('../features/notifications/browser-notices.js'), 'notifications'))
    .BrowserNotices,
}));

const FOR_SUPER_ADMINS = [
  ['people', IconUsers],
  ['activity', IconHistory],
  ['settings', IconTool],
] as const;

/** Header, navigation, the state of the connection, and what may ring on any page. */
export function Shell() {
  const [menuOpen, menu] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const showsCallbacks = useRouterState({ select: (state) => 'callback' in state.location.search });
  const owner = useRouterState({ select: (state) => ownerIn(state.location.search) });
  const help = useGlobalShortcuts();
  const me = useMe();
  useLocale();
  useDeskNews();
  const [wantsNotices] = useStored(NOTIFY);
  return (
    <CallProvider>
      <a className={styles.skipLink} href="#content">
        {t('core.skipToContent')}
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
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
                aria-label={t('core.nav.open')}
              />
              <Logo />
              <Text fw={700} c="var(--accent)" visibleFrom="xs">
                {product.name}
              </Text>
            </Group>
            <Search />
            <PersonMenu onHelp={help.onOpen} />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs" component="nav">
          <LinkNav
            to="/"
            label={t('core.nav.board')}
            leftSection={<IconLayoutBoard size={18} aria-hidden />}
            active={path === '/'}
            onClick={menu.close}
          />
          <div className={styles.inbox}>
            <Part>
              <UnreadLinks owner={owner} onClick={menu.close} />
            </Part>
          </div>
          <LinkNav
            to="/tickets"
            activeOptions={{ exact: true }}
            label={t('core.nav.tickets')}
            leftSection={<IconTicket size={18} aria-hidden />}
            active={path.startsWith('/tickets') && !showsCallbacks && !owner}
            onClick={menu.close}
          />
          <CallbacksLink active={showsCallbacks} onClick={menu.close} />
          {me.role === 'SUPER_ADMIN' &&
            FOR_SUPER_ADMINS.map(([name, Icon]) => (
              <LinkNav
                key={name}
                to={`/${name}`}
                label={t(`core.nav.${name}`)}
                leftSection={<Icon size={18} aria-hidden />}
                active={path === `/${name}`}
                onClick={menu.close}
              />
            ))}
        </AppShell.Navbar>
        <AppShell.Main id="content" className={styles.content} tabIndex={-1}>
          <Ring />
          <ConnectionBanner />
          <Outlet />
        </AppShell.Main>
      </AppShell>
      <CallDock />
      <Part>{wantsNotices === 'on' && <BrowserNotices />}</Part>
      {help.opened && (
        <Part failed={partFailed}>
          <ShortcutHelp opened onClose={help.onClose} />
        </Part>
      )}
    </CallProvider>
  );
}

/** Whose tickets are listed: those that the navigation leads to. */
function ownerIn(search: object): string | undefined {
  const { owner } = readSearch({ ...search });
  return owner === 'me' || owner === 'none' ? owner : undefined;
}

/** Draws the name and the logo of the desk again when a super admin has changed them. */
function useDeskNews(): void {
  const [, redraw] = useState<unknown>();
  useEffect(
    () =>
      connection.on('desk:updated', (desk) => {
        void import('../features/settings/show-desk.js').then(({ showDesk }) =>
          redraw(showDesk(desk, DESK_URL)),
        );
      }),
    [],
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
        aria-label={t('core.nav.search')}
        placeholder={t('core.nav.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );
}
