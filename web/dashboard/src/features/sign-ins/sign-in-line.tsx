import { Button, Group, Text } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { ago, momentOf } from '../../ui/when.js';
import { t } from '../../i18n/translate.js';
import { deviceOf } from './device.js';
import { deviceName } from './device-name.js';
import type { SignIn } from './sign-ins-query.js';
import { ToneBadge } from '../../ui/tone-badge.js';
import styles from './sign-in-line.module.css';

interface LineProps {
  readonly signIn: SignIn;
  readonly onEnd: () => void;
}

/** One sign-in: on what, from where and when last. */
export function SignInLine({ signIn, onEnd }: LineProps) {
  const { userAgent, address, lastUsedAt, createdAt, secondFactor, current } = signIn;
  const device = deviceOf(userAgent);
  const name = deviceName(device);
  const Icon = device.isHandheld ? IconDeviceMobile : IconDeviceDesktop;
  const facts = [
    address ?? t('sign-ins.noAddress'),
    ...(secondFactor ? [t('sign-ins.withSecondFactor')] : []),
  ];
  return (
    <li className={styles.line}>
      <Icon size={24} aria-hidden className={styles.icon} />
      <div className={styles.text}>
        <Group gap="2px 8px">
          <Text size="sm" fw={600}>
            <bdi>{name}</bdi>
          </Text>
          {current && (
            <ToneBadge tone="success" size="sm">
              {t('sign-ins.here')}
            </ToneBadge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {facts.join(' · ')}
          <br />
          <time dateTime={lastUsedAt} title={t('sign-ins.signedIn', { when: momentOf(createdAt) })}>
            {t('sign-ins.lastUsed', { when: ago(lastUsedAt) })}
          </time>
        </Text>
      </div>
      <Button size="xs" variant="default" onClick={onEnd} aria-label={t('sign-ins.endOf', { device: name })}>
        {t('sign-ins.end')}
      </Button>
    </li>
  );
}
