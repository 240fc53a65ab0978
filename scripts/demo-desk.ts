// A desk with something on it, made through the API of a running server: for the pictures of the README and for a look around.

type Json = Record<string, unknown>;

interface Opened {
  readonly id: string;
  readonly donorToken: string;
}

/** One story: who writes about what, what is answered, and how far it has come. */
interface Story {
  readonly name: string;
  readonly mail: string;
  readonly subject: string;
  readonly text: string;
  readonly category: string;
  readonly priority?: string;
  readonly lines?: readonly (readonly ['donor' | 'staff' | 'note', string])[];
  readonly end?: 'assign' | 'resolve' | 'close';
}

export const STORIES: readonly Story[] = [
  {
    name: 'Amina Diallo',
    mail: 'amina@example.org',
    subject: 'My monthly donation was taken twice',
    text: 'Hello, in March you took 25 € twice from my account. Could you please look into it?',
    category: 'Payment and refunds',
    priority: 'high',
    lines: [
      ['staff', 'Hello Amina, thank you for telling us. I am looking at your payments now.'],
      ['note', 'Two mandates since the bank changed in February. Cancel the older one.'],
      [
        'staff',
        'I found it: there were two standing orders. I have stopped the older one and sent the 25 € back.',
      ],
      ['donor', 'That was quick, thank you! When will I see the money?'],
      ['staff', 'It usually takes three to five working days.'],
      ['donor', 'Perfect. And my receipt for the tax office?'],
    ],
  },
  {
    name: 'Jonas Weber',
    mail: 'jonas@example.org',
    subject: 'Receipt for last year',
    text: 'I need one receipt for all donations of last year.',
    category: 'Receipts and tax',
    lines: [['staff', 'Hello Jonas, it is on its way to your mailbox. Did it arrive?']],
  },
  {
    name: 'Lucía Fernández',
    mail: 'lucia@example.org',
    subject: 'I cannot sign in any more',
    text: 'The page says that my link has expired.',
    category: 'Account and access',
    priority: 'urgent',
  },
  {
    name: 'Tom Okafor',
    mail: 'tom@example.org',
    subject: 'Volunteering at the spring run',
    text: 'We are six people and would love to help on the day.',
    category: 'Volunteering and events',
    priority: 'low',
  },
  {
    name: 'Mei Tanaka',
    mail: 'mei@example.org',
    subject: 'A gift in memory of my father',
    text: 'How can his friends give together, in his name?',
    category: 'General question',
    end: 'assign',
  },
  {
    name: 'Pierre Lambert',
    mail: 'pierre@example.org',
    subject: 'The donation form does not load',
    text: 'On my phone the page stays white after “Continue”.',
    category: 'Technical problem',
    end: 'assign',
  },
  {
    name: 'Sara Haddad',
    mail: 'sara@example.org',
    subject: 'Thank you for the visit',
    text: 'The school loved it. I only wanted to say so.',
    category: 'Feedback',
    lines: [['staff', 'What a lovely message, Sara. We have passed it on to the whole team.']],
    end: 'resolve',
  },
];

/** Calls the API as somebody; throws what the server says when it refuses. */
export class DeskClient {
  readonly #url: string;
  readonly #token: string | undefined;

  constructor(url: string, token?: string) {
    this.#url = url;
    this.#token = token;
  }

  async send<T = Json>(method: string, path: string, body?: Json): Promise<T> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer as T;
  }
}

export async function signIn(url: string, username: string, password: string): Promise<DeskClient> {
  const { accessToken } = await new DeskClient(url).send<{ accessToken: string }>('POST', '/auth/login', {
    username,
    password,
  });
  return new DeskClient(url, accessToken);
}

/** Tells every story, and answers their tickets in the same order, each with its donor. */
export async function fillDesk(url: string, staff: DeskClient): Promise<{ id: string; donor: DeskClient }[]> {
  const tickets: { id: string; donor: DeskClient }[] = [];
  for (const story of STORIES) tickets.push(await tell(url, staff, story));
  return tickets;
}

async function tell(
  url: string,
  staff: DeskClient,
  story: Story,
): Promise<{ id: string; donor: DeskClient }> {
  const { name, mail, subject, text, category, priority } = story;
  const { id, donorToken } = await new DeskClient(url).send<Opened & Json>('POST', '/tickets', {
    donorId: `donor-${mail.split('@')[0]}`,
    donorEmail: mail,
    donorName: name,
    subject,
    description: text,
    category,
    ...(priority && { priority }),
    context: { page: 'https://charity.example/donate', device: 'Phone', language: 'en' },
  });
  const donor = new DeskClient(url, donorToken);
  for (const [who, content] of story.lines ?? []) {
    if (who === 'donor') await donor.send('POST', `/tickets/${id}/messages`, { content });
    else await staff.send('POST', `/tickets/${id}/${who === 'note' ? 'notes' : 'messages'}`, { content });
  }
  if (story.end) await staff.send('PUT', `/tickets/${id}/${story.end}`);
  return { id, donor };
}
