import { download } from '../../../../../shared/download.js';
import { answer, api, type Ticket } from '../../../data/api.js';
import { language } from '../../../i18n/language.js';

/** Hands the whole conversation to the browser as a file, without notes. Throws a `Failure`. */
export async function downloadTranscript({ id, number }: Ticket): Promise<void> {
  const params = { path: { id }, query: { format: 'html' as const, locale: language.locale() } };
  const file = await answer(api.GET('/api/v1/tickets/{id}/transcript', { params, parseAs: 'blob' }));
  download(file, `${number}.html`);
}
