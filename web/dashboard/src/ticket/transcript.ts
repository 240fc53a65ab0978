import { answer, api, type Ticket } from '../app/api.js';

/** Hands the whole conversation to the browser as a file, without notes. Throws a `Failure`. */
export async function downloadTranscript({ id, number }: Ticket): Promise<void> {
  const params = { path: { id }, query: { format: 'html' as const } };
  const file = await answer(api.GET('/api/v1/tickets/{id}/transcript', { params, parseAs: 'blob' }));
  const url = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: url, download: `${number}.html` }).click();
  URL.revokeObjectURL(url);
}
