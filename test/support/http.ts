import supertest, { type Response as Answered } from 'supertest';

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

/** These answers have no body (Fetch Standard, "null body status"). */
const WITHOUT_BODY = [204, 205, 304];

/**
 * Sends one request with supertest, to a server that listens already, and returns the answer in the form of the Fetch Standard.
 * Redirects are not followed, and whatever the status is, it is an answer. Rejects when no answer comes.
 */
export async function httpRequest(url: string, init: RequestInit = {}): Promise<Response> {
  const wanted = new Request(url, init);
  const { origin, pathname, search } = new URL(wanted.url);
  const method = METHODS.find((name) => name === wanted.method.toLowerCase());
  if (method === undefined) throw new Error(`No test sends ${wanted.method} this way: see raw-http.ts.`);
  const test = supertest(origin)[method](pathname + search);
  test.set({ 'user-agent': 'node', ...Object.fromEntries(wanted.headers) });
  const body = Buffer.from(await wanted.arrayBuffer());
  // Bytes are sent as they are: without a serializer of its own, superagent would write a buffer as JSON.
  if (body.length > 0) test.serialize((bytes: string) => bytes).send(body);
  const answer = await test.buffer(true).parse(collect);
  const hasBody = Buffer.isBuffer(answer.body) && !WITHOUT_BODY.includes(answer.status);
  return new Response(hasBody ? new Uint8Array(answer.body) : null, {
    status: answer.status,
    headers: headersOf(answer),
  });
}

/** The bytes as they came, unzipped: what they are is for the tests to find out. */
function collect(response: Answered, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}

function headersOf(answer: Answered): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers as Record<string, string | string[]>)) {
    for (const one of [value].flat()) headers.append(name, one);
  }
  return headers;
}
