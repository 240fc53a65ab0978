import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AuditEntry } from '../../data/api.js';
import { product } from '../../ui/product.js';
import { momentOf } from '../../ui/when.js';
import { t } from '../../i18n/translate.js';
import { factsOf } from './entry-facts.js';
import { sentenceOf } from './entry-sentence.js';
import styles from './entry-line.module.css';

/** Actions that say something is wrong, or may be. */
const ALARMING = /failed|limited|refused|reused|denied/;

/** One entry as a sentence: who did what to whom, when and from where. */
export function EntryLine({ entry }: { entry: AuditEntry }) {
  const { action, person, at, ip } = entry;
  const facts = factsOf(entry);
  const who = actorOf(entry);
  const isOwn = person !== null && person.id === entry.actor?.id;
  const isAbout = person !== null && (!isOwn || CHANGES_A_PERSON.test(action));
  return (
    <li className={styles.entry} data-alarm={ALARMING.test(action) || undefined}>
      <Group justify="space-between" gap="xs" align="baseline">
        <Text size="sm" className={styles.text}>
          <Sentence
            entry={entry}
            who={who}
            whom={isAbout ? (isOwn ? t('activity.themselves') : person.name) : undefined}
          />
          {facts !== '' && (
            <Text span c="dimmed" size="sm">
              {' '}
              {facts}
            </Text>
          )}
        </Text>
        <Text size="xs" c="dimmed" component="time" dateTime={at} className={styles.when}>
          {momentOf(at)}
          {ip !== null && ` · ${ip}`}
        </Text>
      </Group>
    </li>
  );
}

interface SentenceProps {
  readonly entry: AuditEntry;
  readonly who: string;
  readonly whom: string | undefined;
}

/** In the order of the language. */
function Sentence({ entry, who, whom }: SentenceProps): ReactNode {
  return sentenceOf<ReactNode>(entry, {
    who: <Name key="who">{who}</Name>,
    whom: whom === undefined ? undefined : <Name key="whom">{whom}</Name>,
  });
}

function Name({ children }: { readonly children: string }) {
  return (
    <strong>
      <bdi>{children}</bdi>
    </strong>
  );
}

function actorOf({ actor, actorType }: AuditEntry): string {
  if (actor !== null) return actor.name;
  if (actorType === 'system') return product.name;
  return actorType === 'donor' ? t('activity.donor') : t('activity.someone');
}

/** What one can do to oneself as to others; the rest of what happens to oneself needs no name. */
const CHANGES_A_PERSON = /^user\.(?!provisioned|joined)/;
