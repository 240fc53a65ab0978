import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from 'playwright-core';
import { io, type Socket } from 'socket.io-client';
import type { Config } from '../../src/platform/config/config.js';
import type { TestBrowser, PageOptions } from './browser.js';
import { openDesk, type Desk } from './desk.js';

interface SiteOptions {
  /** Attributes of the widget's script tag, such as `data-locale="de"`. */
  readonly attributes?: string;
  readonly head?: string;
  readonly body?: string;
  readonly policy?: (desk: string) => string;
  /** Another way to embed the widget than by its script tag in the head. */
  readonly embed?: (desk: string) => string;
}

/** A charity's site on an origin of its own, and the desk whose widget it embeds. */
export class Site {
  readonly desk: Desk;
  readonly #server: Server;
  readonly #pages = new Map<string, SiteOptions>();
  #atWork: Socket | undefined;

  private constructor(desk: Desk, server: Server) {
    this.desk = desk;
    this.#server = server;
  }

  static async open(overrides: Partial<Config> = {}): Promise<Site> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    // `localhost` and `127.0.0.1` are different origins, and both count as secure.
    const desk = await openDesk({ corsOrigins: [`http://localhost:${port}`], ...overrides });
    const site = new Site(desk, server);
    await site.staffArrive();
    server.on('request', (request, response) => {
      const options = site.#pages.get(new URL(request.url ?? '/', 'http://x').pathname);
      if (!options) {
        response.writeHead(204).end();
        return;
      }
      const policy = options.policy?.(desk.server.url);
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        ...(policy && { 'content-security-policy': policy }),
      });
      response.end(site.#html(options));
    });
    return site;
  }

  /** Adds a page and answers its address. */
  page(path: string, options: SiteOptions = {}): string {
    this.#pages.set(path, options);
    const { port } = this.#server.address() as AddressInfo;
    return `http://localhost:${port}${path}`;
  }

  /** Somebody has a dashboard open and can take calls, as it is from the start. */
  async staffArrive(): Promise<void> {
    const { server, colleague } = this.desk;
    const token = colleague.headers.authorization?.replace('Bearer ', '');
    const socket = (this.#atWork = io(server.url, { transports: ['websocket'], auth: { token } }));
    // As a dashboard does: a server that cuts the connection is not left alone.
    socket.on('disconnect', (reason) => {
      if (reason !== 'io client disconnect') socket.connect();
    });
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    while (!(await this.#canCall())) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Nobody can take a call, once this resolves. */
  async staffLeave(): Promise<void> {
    this.#atWork?.close();
    while (await this.#canCall()) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  async close(): Promise<void> {
    this.#atWork?.close();
    await new Promise((resolve) => this.#server.close(resolve).closeAllConnections());
    await this.desk.close();
  }

  async #canCall(): Promise<boolean> {
    const { body } = await this.desk.link.get('/desk');
    return body.canCall;
  }

  #html({ attributes = '', head = '', body = '', embed }: SiteOptions): string {
    const { url } = this.desk.server;
    const script = embed?.(url) ?? `<script src="${url}/widget.js" async ${attributes}></script>`;
    return `<!doctype html><html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1"><title>Clearspring</title>
      ${head}${script}</head>
      <body><main><h1>Clearspring</h1><p id="ours">Water is a beginning.</p>${body}</main></body></html>`;
  }
}

/** Somebody on a page with the widget. */
export class DonorPage {
  readonly page: Page;
  readonly panel: Locator;
  readonly launcher: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.locator('#concierge-widget .panel');
    this.launcher = page.locator('#concierge-widget .launcher');
  }

  static async visit(browser: TestBrowser, url: string, options: PageOptions = {}): Promise<DonorPage> {
    const donor = new DonorPage(await browser.page(options));
    await donor.page.goto(url);
    await donor.launcher.waitFor();
    return donor;
  }

  get log(): Locator {
    return this.panel.getByRole('log');
  }

  get composer(): Locator {
    return this.panel.locator('.composer textarea');
  }

  /** Words on the screen. */
  text(text: string | RegExp): Locator {
    return this.panel.getByText(text);
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole('button', { name });
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await this.panel.waitFor();
  }

  /** Loads the page again while the panel is open, which comes back by itself. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.panel.waitFor();
  }

  /** From the first view to the new ticket's. */
  async start(
    fields: { email?: string; name?: string; message?: string; door?: number } = {},
  ): Promise<void> {
    const {
      email = 'maria@example.org',
      name = 'Maria',
      message = 'Where is my receipt?',
      door = 0,
    } = fields;
    await this.panel.locator('.door').nth(door).click();
    await this.fill({ email, name, message });
    await this.button('Start the conversation').click();
    await this.composer.waitFor();
  }

  async fill(fields: { email: string; name: string; message: string }): Promise<void> {
    for (const [name, value] of Object.entries(fields))
      await this.panel.locator(`[name=${name}]`).fill(value);
  }

  /** Waits until the open conversation hears what happens. */
  async isLive(): Promise<void> {
    await this.panel.locator('.view.chat').waitFor();
    await this.panel.locator('.strip').waitFor({ state: 'detached' });
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** What stands in the bubbles, in order. */
  async bubbles(): Promise<string[]> {
    return this.log.locator('.bubble').allInnerTexts();
  }
}
