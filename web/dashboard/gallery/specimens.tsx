import { Button, Group, Stack, Table, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { PRIORITIES } from '../../../src/contract/ticket-fields.js';
import { TICKET_STATUSES } from '../../../src/contract/ticket-status.js';
import { Bubble } from '../src/features/ticket/thread/bubble.js';
import { PriorityBadge, StatusBadge } from '../src/features/ticket-marks/badges.js';
import { t } from '../src/i18n/translate.js';
import { Confirm } from '../src/ui/confirm.js';
import { Face } from '../src/ui/face.js';
import { Loading, LoadFailed, NotFound } from '../src/ui/feedback.js';
import { LanguageSelect } from '../src/ui/language-select.js';
import { LinkAnchor, LinkNav } from '../src/ui/links.js';
import { Logo } from '../src/ui/logo.js';
import { Door } from '../src/ui/door.js';
import { OnceShown } from '../src/ui/once-shown.js';
import { product } from '../src/ui/product.js';
import { TableFrame } from '../src/ui/table-frame.js';
import { ToneBadge, type Tone } from '../src/ui/tone-badge.js';
import { ago, dayOf, momentOf, timeOf } from '../src/ui/when.js';

const TONES: readonly Tone[] = ['bold', 'accent', 'quiet', 'warning', 'danger', 'alarm', 'success'];
const KINDS = ['donor', 'admin', 'note'] as const;
const NAMES = ['Dora', 'Émile Zola', 'مريم'];
/** Words in two directions, as people mix them. */
const WORDS = 'Thank you! شكرًا';
const MOMENT = '2026-01-02T13:04:05.000Z';

/** Every component of ui/, and what pages draw most often, in the states that they have. */
export function Specimens() {
  return (
    <Stack component="main" p="md" gap="lg">
      <Title order={1}>{product.name}</Title>
      <Specimen name="Logo">
        <Logo size={40} />
      </Specimen>
      <Specimen name="ToneBadge">
        <Group>
          {TONES.map((tone) => (
            <ToneBadge key={tone} tone={tone}>
              {tone}
            </ToneBadge>
          ))}
        </Group>
      </Specimen>
      <Specimen name="StatusBadge">
        <Group>
          {TICKET_STATUSES.map((status) => (
            <StatusBadge key={status} status={status} />
          ))}
        </Group>
      </Specimen>
      <Specimen name="PriorityBadge">
        <Group>
          {PRIORITIES.map((priority) => (
            <PriorityBadge key={priority} priority={priority} />
          ))}
        </Group>
      </Specimen>
      <Specimen name="Face">
        <Group>
          {[...NAMES, undefined].map((name) => (
            <Face key={name ?? ''} name={name} label={name ?? 'Nobody'} />
          ))}
        </Group>
      </Specimen>
      <Specimen name="Bubble">
        <Stack gap="xs" align="flex-start">
          {KINDS.map((kind) => (
            <Bubble key={kind} kind={kind} dir="auto">
              {WORDS}
            </Bubble>
          ))}
        </Stack>
      </Specimen>
      <Specimen name="Loading">
        <Loading rows={2} height={40} />
      </Specimen>
      <Specimen name="LoadFailed">
        <LoadFailed text={t('core.pageFailed')} error={new Error('Offline')} onRetry={nothing} />
      </Specimen>
      <Specimen name="NotFound">
        <NotFound />
      </Specimen>
      <Specimen name="OnceShown">
        <OnceShown
          lines={['abcd-efgh', 'ijkl-mnop']}
          label={WORDS}
          copy={t('core.save')}
          copied={t('core.close')}
        />
      </Specimen>
      <Specimen name="Confirm">
        <Question />
      </Specimen>
      <Specimen name="Door">
        <Door title={WORDS} intro={WORDS} onTrouble={nothing}>
          {WORDS}
        </Door>
      </Specimen>
      <Specimen name="LanguageSelect">
        <LanguageSelect onChoose={nothing} />
      </Specimen>
      <Specimen name="Links">
        <LinkAnchor to="/">{WORDS}</LinkAnchor>
        <LinkNav to="/" label={WORDS} />
      </Specimen>
      <Specimen name="TableFrame">
        <Times />
      </Specimen>
    </Stack>
  );
}

function Specimen({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section data-specimen={name} aria-label={name}>
      <Title order={2} size="h5" mb="xs">
        {name}
      </Title>
      {children}
    </section>
  );
}

function Question() {
  const [opened, open] = useState(false);
  return (
    <>
      <Button onClick={() => open(true)}>{t('ticket.deleteMessage')}</Button>
      <Confirm
        opened={opened}
        title={t('ticket.deleteMessage')}
        text={t('ticket.confirmDeleteMessage')}
        action={t('ticket.deleteMessage')}
        onConfirm={nothing}
        onClose={() => open(false)}
      />
    </>
  );
}

function Times() {
  return (
    <TableFrame>
      <Table>
        <Table.Tbody>
          {Object.entries({ ago, timeOf, dayOf, momentOf }).map(([name, format]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td>{format(MOMENT)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </TableFrame>
  );
}

function nothing(): void {
  // Specimens only show.
}
