import { useEffect, useState } from 'preact/hooks';
import type { Shape } from '../../../../client/rest/client.js';
import { download } from '../../../../shared/download.js';
import { asFailure, type Failure } from '../../../../client/failure.js';
import type { Desk } from '../desk/desk.js';
import type { EndingTexts } from './ending-words.js';
import { locale } from '../../words.js';
import { FailureCard } from '../ui/parts.js';

interface TranscriptProps {
  readonly words: EndingTexts;
  readonly desk: Desk;
  readonly ticketId: string;
}

/** The conversation to keep: as a file, and by mail where the desk can send mail. */
export function TranscriptButtons({ words, desk, ticketId }: TranscriptProps) {
  const { rest } = desk.api;
  const [mail, setMail] = useState<'none' | 'offered' | 'busy' | 'sent'>('none');
  const [failure, setFailure] = useState<Failure>();
  const path = `/tickets/${ticketId}/transcript`;

  useEffect(() => {
    // Without an answer the file is enough.
    rest
      .ask<Shape<'DonorWaysResponse'>>('GET', '/auth/donor')
      .then(({ magicLink }) => magicLink && setMail('offered'))
      .catch(() => undefined);
  }, [rest]);

  const attempt = async (work: () => Promise<void>) => {
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(asFailure(error));
    }
  };
  const save = () =>
    attempt(async () => {
      const file = await (await rest.send('GET', `${path}?format=html&locale=${locale()}`)).blob();
      const number = desk.state.tickets?.find(({ id }) => id === ticketId)?.number ?? ticketId;
      download(file, `${number}.html`);
    });
  const send = async () => {
    if (mail === 'busy') return;
    setMail('busy');
    await attempt(async () => {
      await rest.send('POST', path);
      setMail('sent');
    });
    setMail((now) => (now === 'busy' ? 'offered' : now));
  };

  return (
    <>
      {failure && <FailureCard failure={failure} onDismiss={() => setFailure(undefined)} />}
      <p class="row hint">
        <button type="button" class="link" onClick={() => void save()}>
          {words.save}
        </button>
        {(mail === 'offered' || mail === 'busy') && (
          <button type="button" class="link" aria-disabled={mail === 'busy'} onClick={() => void send()}>
            {words.mail}
          </button>
        )}
        <span role="status">{mail === 'sent' && words.mailed}</span>
      </p>
    </>
  );
}
