import { Anchor, Button, Divider, Rating, Select, Stack, TagsInput, Text } from '@mantine/core';
import { lazy, useState, type ReactNode } from 'react';
import { LIMITS, PRIORITIES } from '../../../../../../src/contract/ticket-fields.js';
import { isEmailAddress } from '../../../../../../src/contract/email-address.js';
import type { Ticket } from '../../../data/api.js';
import { partFailed } from '../../../ui/feedback.js';
import { LinkAnchor } from '../../../ui/links.js';
import { Part } from '../../../ui/part.js';
import { useCategories, useTeams } from '../../../data/taxonomy.js';
import { momentOf } from '../../../ui/when.js';
import { donorOf } from '../../../data/ticket-names.js';
import { t } from '../../../i18n/translate.js';
import { capitalised } from './capitalised.js';
import { ClaimWarning, ProofBadge } from './donor-proof.js';
import { isOfThePerson } from './donor-locale.js';
import { DonorSignOut } from './donor-sign-out.js';
import { TransferHistory } from './transfer-history.js';
import type { TicketActions } from '../actions/use-ticket-actions.js';

const DonorProfile = lazy(async () => ({
  default: (await import('./donor-profile.js')).DonorProfile,
}));
const DonorForm = lazy(async () => ({ default: (await import('./donor-form.js')).DonorForm }));

interface SidePanelProps {
  readonly ticket: Ticket;
  readonly actions: TicketActions;
}

/** Everything about the ticket beside what was said. */
export function SidePanel({ ticket, actions }: SidePanelProps) {
  return (
    <Stack gap="sm">
      <DonorCard ticket={ticket} />
      <Divider />
      <Fields ticket={ticket} actions={actions} />
      {ticket.rating !== null && <RatingShown rating={ticket.rating} comment={ticket.ratingComment} />}
      <TransferHistory ticketId={ticket.id} ownerId={ticket.adminId} />
    </Stack>
  );
}

function DonorCard({ ticket }: { ticket: Ticket }) {
  const context = Object.entries(ticket.context as Readonly<Record<string, unknown>>).filter(
    ([name]) => !isOfThePerson(name),
  );
  return (
    <Stack gap={6} component="section" aria-label={t('ticket.donor')}>
      <Text fw={650} dir="auto" style={{ overflowWrap: 'anywhere' }}>
        {donorOf(ticket)}
      </Text>
      <ProofBadge ticket={ticket} />
      {ticket.donorName !== null && <ClaimWarning ticket={ticket} claim="donorName" />}
      {ticket.donorEmail !== null && (
        <Fact label={t('ticket.mail')}>
          <Anchor href={`mailto:${encodeURIComponent(ticket.donorEmail)}`} size="sm">
            {ticket.donorEmail}
          </Anchor>
          {!isEmailAddress(ticket.donorEmail) && (
            <Text size="xs" c="red">
              {t('ticket.cannotBeEmailed')}
            </Text>
          )}
          <ClaimWarning ticket={ticket} claim="donorEmail" />
        </Fact>
      )}
      <Fact label={t('ticket.donorId')}>
        {ticket.donorId}
        <ClaimWarning ticket={ticket} claim="donorId" />
      </Fact>
      <Part failed={partFailed}>
        <DonorProfile ticket={ticket} />
      </Part>
      <Fact label={t('ticket.since')}>{momentOf(ticket.createdAt)}</Fact>
      {context.length > 0 && (
        <Text size="xs" c="dimmed" fw={600} mt={4}>
          {t('ticket.context')}
        </Text>
      )}
      {context.map(([name, value]) => (
        <Fact key={name} label={capitalised(name)}>
          {typeof value === 'string' ? value : JSON.stringify(value)}
        </Fact>
      ))}
      <LinkAnchor to="/tickets" search={{ q: ticket.donorEmail ?? ticket.donorId }} size="sm">
        {t('ticket.otherTickets')}
      </LinkAnchor>
      <CorrectDonor ticket={ticket} />
      <DonorSignOut ticket={ticket} />
    </Stack>
  );
}

function CorrectDonor({ ticket }: { ticket: Ticket }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        onClick={() => setOpen(true)}
        style={{ alignSelf: 'start' }}
      >
        {t('ticket.correct')}
      </Button>
      {isOpen && (
        <Part failed={partFailed}>
          <DonorForm ticket={ticket} onClose={() => setOpen(false)} />
        </Part>
      )}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }} component="div">
        {children}
      </Text>
    </div>
  );
}

function Fields({ ticket, actions }: SidePanelProps) {
  const busy = actions.busy === 'update';
  const categories = useCategories(ticket.category);
  const teams = useTeams(ticket.team);
  return (
    <Stack gap="xs">
      <Fact label={t('ticket.owner')}>{ticket.admin?.name ?? t('core.card.unassigned')}</Fact>
      <Select
        size="xs"
        label={t('ticket.priority')}
        allowDeselect={false}
        disabled={busy}
        data={PRIORITIES.map((priority) => ({ value: priority, label: t(`core.priority.${priority}`) }))}
        value={ticket.priority}
        onChange={(priority) => priority && void actions.update({ priority })}
      />
      <Select
        size="xs"
        label={t('ticket.category')}
        placeholder={t('ticket.none')}
        clearable
        clearButtonProps={{ 'aria-label': t('ticket.clearCategory') }}
        disabled={busy}
        data={categories}
        value={ticket.category}
        onChange={(category) => void actions.update({ category })}
      />
      <Select
        size="xs"
        label={t('ticket.team')}
        allowDeselect={false}
        disabled={busy}
        data={teams}
        value={ticket.team}
        onChange={(team) => team && void actions.update({ team })}
      />
      <TagsInput
        size="xs"
        label={t('ticket.tags')}
        placeholder={t('ticket.addTag')}
        maxTags={LIMITS.tags}
        maxLength={LIMITS.tag}
        disabled={busy}
        value={ticket.tags}
        onChange={(tags) => void actions.update({ tags })}
      />
    </Stack>
  );
}

function RatingShown({ rating, comment }: { rating: number; comment: string | null }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {t('ticket.rating')}
      </Text>
      <div role="img" aria-label={t('ticket.ratedWith', { stars: rating })}>
        <Rating value={rating} readOnly aria-hidden />
      </div>
      {comment !== null && (
        <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {comment}
        </Text>
      )}
    </div>
  );
}
