import { Badge, Button, Group, Text } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { ago, momentOf } from '../app/when.js';
import { deviceOf } from './device.js';
import type { SignIn } from './sign-ins-query.js';
import { words } from './sign-ins-texts.js';

interface LineProps {
  readonly signIn: SignIn;
  readonly onEnd: () => void;
}

/** One sign-in: on what, from where and when last. */
export function SignInLine({ signIn, onEnd }: LineProps) {
  const { userAgent, address, lastUsedAt, createdAt, secondFactor, current } = signIn;
  const device = deviceOf(userAgent);
  const name = words.device(device);
  const Icon = device.isHandheld ? IconDeviceMobile : IconDeviceDesktop;
  const facts = [address ?? words.noAddress, ...(secondFactor ? [words.withSecondFactor] : [])];
  return (
    <li className="sign-in">
      <Icon size={24} aria-hidden className="sign-in-icon" />
      <div className="sign-in-text">
        <Group gap="2px 8px">
          <Text size="sm" fw={600}>
            <bdi>{name}</bdi>
          </Text>
          {current && (
            <Badge tt="none" size="sm" className="tone-success">
              {words.here}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {facts.join(' · ')}
          <br />
          <time dateTime={lastUsedAt} title={words.signedIn(momentOf(createdAt))}>
            {words.lastUsed(ago(lastUsedAt))}
          </time>
        </Text>
      </div>
      <Button size="xs" variant="default" onClick={onEnd} aria-label={words.endOf(name)}>
        {words.end}
      </Button>
    </li>
  );
}
