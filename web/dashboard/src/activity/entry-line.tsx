import './activity.css';
import { Group, Text } from '@mantine/core';
import type { AuditEntry } from '../app/api.js';
import { momentOf } from '../app/when.js';
import { words } from './activity-texts.js';
import { beforePerson, factsOf } from './entry-facts.js';

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
    <li className="entry" data-alarm={ALARMING.test(action) || undefined}>
      <Group justify="space-between" gap="xs" align="baseline">
        <Text size="sm" className="entry-text">
          <strong>
            <bdi>{who}</bdi>
          </strong>{' '}
          {words.actions[action] ?? action}
          {isAbout && (
            <>
              {beforePerson(entry)}
              <strong>
                <bdi>{isOwn ? words.themselves : person.name}</bdi>
              </strong>
            </>
          )}
          {facts !== '' && (
            <Text span c="dimmed" size="sm">
              {' '}
              {facts}
            </Text>
          )}
        </Text>
        <Text size="xs" c="dimmed" component="time" dateTime={at} className="entry-when">
          {momentOf(at)}
          {ip !== null && ` · ${ip}`}
        </Text>
      </Group>
    </li>
  );
}

function actorOf({ actor, actorType }: AuditEntry): string {
  if (actor !== null) return actor.name;
  if (actorType === 'system') return words.system;
  return actorType === 'donor' ? words.donor : words.someone;
}

/** What one can do to oneself as to others; the rest of what happens to oneself needs no name. */
const CHANGES_A_PERSON = /^user\.(?!provisioned)/;
