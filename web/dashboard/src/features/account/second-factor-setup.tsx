import '../../ui/mantine-password.css';
import { Alert, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { answer, api, type Shape } from '../../data/api.js';
import { OnceShown } from '../../ui/once-shown.js';
import { useSubmit } from '../../ui/use-submit.js';
import { session } from '../../data/session/session.js';
import { t } from '../../i18n/translate.js';
import { QrCode } from './qr-code.js';

interface SetupProps {
  readonly onDone: () => void;
  /** Without it there is no way back. */
  readonly onCancel?: () => void;
}

/** Three steps: the password, the app's first code, the recovery codes. */
export function SecondFactorSetup({ onDone, onCancel }: SetupProps) {
  const [offer, setOffer] = useState<Shape<'TotpOfferResponse'>>();
  const [codes, setCodes] = useState<readonly string[]>();
  if (codes) return <Recovery codes={codes} onDone={onDone} />;
  if (offer) return <FirstCode offer={offer} onCodes={setCodes} onCancel={onCancel} />;
  return <Start onOffer={setOffer} onCancel={onCancel} />;
}

interface StepProps {
  readonly onCancel: (() => void) | undefined;
}

function Buttons({ action, busy, onCancel }: StepProps & { action: string; busy: boolean }) {
  return (
    <Group justify="flex-end">
      {onCancel && (
        <Button variant="default" onClick={onCancel}>
          {t('core.cancel')}
        </Button>
      )}
      <Button type="submit" loading={busy}>
        {action}
      </Button>
    </Group>
  );
}

function Start({ onOffer, onCancel }: StepProps & { onOffer: (offer: Shape<'TotpOfferResponse'>) => void }) {
  const { busy, faults, submit } = useSubmit();
  const [password, setPassword] = useState('');
  function begin(event: SubmitEvent): void {
    event.preventDefault();
    void submit(async () => onOffer(await answer(api.POST('/api/v1/users/me/totp', { body: { password } }))));
  }
  return (
    <form onSubmit={begin}>
      <Stack gap="sm">
        <PasswordInput
          label={t('account.yourPassword')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={faults['password']}
          autoComplete="current-password"
          autoFocus
          required
          withAsterisk={false}
        />
        <Buttons action={t('account.start')} busy={busy} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

interface FirstCodeProps extends StepProps {
  readonly offer: Shape<'TotpOfferResponse'>;
  readonly onCodes: (codes: readonly string[]) => void;
}

function FirstCode({ offer, onCodes, onCancel }: FirstCodeProps) {
  const { busy, faults, submit } = useSubmit();
  const [code, setCode] = useState('');
  function confirm(event: SubmitEvent): void {
    event.preventDefault();
    void submit(async () => {
      const request = api.POST('/api/v1/users/me/totp/confirm', { body: { code } });
      onCodes((await answer(request)).recoveryCodes);
    });
  }
  return (
    <form onSubmit={confirm}>
      <Stack gap="sm">
        <Group gap="md" align="flex-start">
          <QrCode text={offer.uri} label={t('account.qr')} />
          <Stack gap="xs" flex="1 1 200px">
            <Text size="sm">{t('account.scan')}</Text>
            <Text
              component="code"
              display="block"
              size="sm"
              ff="monospace"
              style={{ overflowWrap: 'anywhere' }}
            >
              {inGroups(offer.secret)}
            </Text>
            <TextInput
              label={t('account.code')}
              description={t('account.codeHint')}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              error={faults['code']}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={10}
              autoFocus
              required
              withAsterisk={false}
            />
          </Stack>
        </Group>
        <Buttons action={t('account.confirm')} busy={busy} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

function Recovery({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { busy, submit } = useSubmit();
  async function done(): Promise<void> {
    const read = async () => session.updateUser(await answer(api.GET('/api/v1/users/me')));
    if (await submit(read)) onDone();
  }
  return (
    <Stack gap="sm">
      <Alert color="yellow" variant="light" title={t('account.recoveryTitle')} role="status">
        {t('account.recoveryIntro')}
      </Alert>
      <OnceShown
        lines={codes}
        label={t('account.recoveryCodes')}
        copy={t('account.copy')}
        copied={t('account.copied')}
      />
      <Group justify="flex-end">
        <Button onClick={() => void done()} loading={busy}>
          {t('account.kept')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Four letters at a time are easier to copy by hand. */
function inGroups(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}
