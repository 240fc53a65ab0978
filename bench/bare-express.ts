// The baseline: Express 5 and pg, named prepared statements, the product's SQL, and nothing else. Its own process.
import express, { type Request, type Response } from 'express';
import { createPool } from '../src/platform/database/database-pool.js';
import { createOperations } from './operations.js';

const [url, pool] = process.argv.slice(2) as [string, string];
const database = createPool({ url, pool: Number(pool) });
const work = await createOperations(database);
const app = express();
app.disable('x-powered-by').set('etag', false);
app.use(express.json());

const answer =
  (status: number, run: (request: Request<{ id: string }>) => Promise<unknown>) =>
  async (request: Request<{ id: string }>, response: Response) => {
    response.status(status).json(await run(request));
  };

app.post(
  '/tickets',
  answer(201, (request) => {
    const { callType } = request.body as { callType?: string };
    return callType === undefined ? work.createTicket() : work.createTicketWithCall();
  }),
);
app.get('/tickets', async (_request, response) => {
  const { tickets, total } = await work.listTickets();
  response.set('X-Total-Count', String(total)).json(tickets);
});
app.get(
  '/tickets/dashboard',
  answer(200, () => work.dashboard()),
);
app.get(
  '/tickets/:id',
  answer(200, ({ params }) => work.readTicket(params.id)),
);
app.post(
  '/tickets/:id/messages',
  answer(201, ({ params, headers }) => {
    const session = headers['x-session'];
    return typeof session === 'string' ? work.postAsDonor(params.id, session) : work.postAsStaff(params.id);
  }),
);

const server = app.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('disconnect', () => process.exit(0));
