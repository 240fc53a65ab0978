import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Confirm } from '../../ui/confirm.js';
import { LoadFailed, Loading } from '../../ui/feedback.js';
import { useSubmit } from '../../ui/use-submit.js';
import { session } from '../../data/session/session.js';
import { t } from '../../i18n/translate.js';
import { deviceOf } from './device.js';
import { deviceName } from './device-name.js';
import { SignInLine } from './sign-in-line.js';
import { endOtherSignIns, endSignIn, signInsQuery, type SignIn, type Whose } from './sign-ins-query.js';
import styles from './sign-ins.module.css';

/** As many as are shown at first. */
const FEW = 5;

const nameOf = ({ userAgent }: SignIn): string => deviceName(deviceOf(userAgent));

/** Where somebody is signed in, this device first; each of these can be ended. */
export function SignIns({ whose }: { readonly whose: Whose }) {
  const query = useQuery(signInsQuery(whose));
  const frame = useRef<HTMLDivElement>(null);
  const isOwn = whose === 'own';
  return (
    <Stack gap="sm" className={styles.frame} ref={frame} tabIndex={-1}>
      {query.isPending && <Loading rows={2} height={56} />}
      {query.isError && (
        <LoadFailed
          text={isOwn ? t('sign-ins.failed') : t('sign-ins.theirFailed', { name: whose.name })}
          error={query.error}
          onRetry={() => void query.refetch()}
          stale={query.data !== undefined}
        />
      )}
      {query.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {isOwn ? t('sign-ins.nothingHere') : t('sign-ins.none', { name: whose.name })}
        </Text>
      )}
      {query.data !== undefined && query.data.length > 0 && (
        <List whose={whose} signIns={query.data} onButtonGone={() => frame.current?.focus()} />
      )}
    </Stack>
  );
}

interface ListProps {
  readonly whose: Whose;
  readonly signIns: readonly SignIn[];
  /** The button that was pressed is no longer there: the focus needs another place. */
  readonly onButtonGone: () => void;
}

function List({ whose, signIns, onButtonGone }: ListProps) {
  const { busy, submit } = useSubmit();
  const [question, setQuestion] = useState<SignIn | 'others'>();
  const [showsAll, setShowsAll] = useState(false);

  async function act(asked: SignIn | 'others'): Promise<void> {
    const worked = await submit(() => (asked === 'others' ? endOtherSignIns() : endSignIn(whose, asked)));
    setQuestion(undefined);
    if (!worked) return;
    if (asked !== 'others' && asked.current) {
      await submit(() => session.signOut());
      return;
    }
    const message =
      asked === 'others' ? t('sign-ins.othersEnded') : t('sign-ins.ended', { device: nameOf(asked) });
    notifications.show({ message, role: 'status' });
    onButtonGone();
  }

  function showAll(): void {
    setShowsAll(true);
    onButtonGone();
  }

  const sorted = [...signIns].sort((a, b) => Number(b.current) - Number(a.current));
  const asked = question && askedOf(question, whose);
  return (
    <Stack gap="xs">
      {whose === 'own' && (
        <Text size="sm" c="dimmed">
          {t('sign-ins.intro')}
        </Text>
      )}
      <ul className={styles.list}>
        {(showsAll ? sorted : sorted.slice(0, FEW)).map((one) => (
          <SignInLine key={one.id} signIn={one} onEnd={() => setQuestion(one)} />
        ))}
      </ul>
      <Group justify="flex-end" gap="xs">
        {!showsAll && signIns.length > FEW && (
          <Button variant="subtle" onClick={showAll}>
            {t('sign-ins.more', { count: signIns.length })}
          </Button>
        )}
        {whose === 'own' && signIns.length > 1 && (
          <Button variant="default" c="var(--danger)" onClick={() => setQuestion('others')}>
            {t('sign-ins.others')}
          </Button>
        )}
      </Group>
      <Confirm
        opened={asked !== undefined}
        title={asked?.title ?? ''}
        text={asked?.text ?? ''}
        action={t('sign-ins.signOut')}
        busy={busy}
        onConfirm={() => question && void act(question)}
        onClose={() => setQuestion(undefined)}
      />
    </Stack>
  );
}

function askedOf(question: SignIn | 'others', whose: Whose): { title: string; text: string } {
  if (question === 'others') return { title: t('sign-ins.others'), text: t('sign-ins.confirmOthers') };
  const title = t('sign-ins.endTitle', { device: nameOf(question) });
  if (question.current) return { title, text: t('sign-ins.confirmHere') };
  return {
    title,
    text: whose === 'own' ? t('sign-ins.confirmOwn') : t('sign-ins.confirmTheirs', { name: whose.name }),
  };
}
