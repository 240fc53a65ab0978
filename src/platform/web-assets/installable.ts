import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';
import type { Config } from '../config/config.js';
import { publicPath } from '../config/public-address.js';
import type { DeskProfile, Profile } from '../desk-profile/desk-profile.js';
import { legibleOn } from '../desk-profile/legible-colour.js';
import { appIcon } from '../images/app-icon.js';
import { KeptPictures } from '../images/kept-pictures.js';
import { DomainError } from '../http/errors/domain-error.js';
import type { FileStorage } from '../storage/file-storage.js';
import { isRead } from './read-request.js';

const COLOUR = '#1f6f5c';
/** Behind a logo, and behind the dashboard while it starts. */
const [PAPER, START, DARK] = ['#ffffff', '#f0ece1', '#1f2a2d'];
/** 180 is Apple's. */
const EDGES = [180, 192, 512];
const WEEK_S = 604_800;
const DAY_S = 86_400;

/** What makes the dashboard a program that can be installed: its manifest, its icons and its service worker. */
export class Installable {
  private readonly glyph: Buffer;
  private readonly worker: string;
  private readonly logos: KeptPictures;
  /** Drawn once for each look. */
  private drawn: { profile: Profile; icons: Map<string, Promise<Buffer>> } | undefined;

  constructor(
    private readonly folder: string,
    private readonly config: Config,
    private readonly desk: DeskProfile,
    storage: FileStorage,
  ) {
    this.glyph = readFileSync(join(folder, 'glyph.png'));
    this.worker = readFileSync(join(folder, 'worker.js'), 'utf8');
    this.logos = new KeptPictures(storage, 'logos');
  }

  /** Answers `/app.webmanifest`, `/worker.js` and `/icons/…` below the dashboard; everything else goes on. */
  readonly handler: RequestHandler = (request, response, next) => {
    if (!isRead(request)) next();
    else if (request.path === '/app.webmanifest') this.sendManifest(response);
    else if (request.path === '/worker.js') this.sendWorker(response);
    else if (request.path.startsWith('/icons/')) this.sendIcon(request, response).catch(next);
    else next();
  };

  private sendManifest(response: Response): void {
    const { current } = this.desk;
    const home = publicPath(this.config, '/dashboard');
    const look = lookOf(current);
    const icon = (edge: number, purpose: string) => ({
      src: `${home}/icons/${edge}.png?${look}`,
      sizes: `${edge}x${edge}`,
      type: 'image/png',
      purpose,
    });
    response.set('Cache-Control', 'no-cache').type('application/manifest+json');
    response.send(
      JSON.stringify({
        id: home,
        name: this.desk.name,
        short_name: this.desk.name,
        start_url: home,
        scope: home,
        display: 'standalone',
        theme_color: current.colour ?? COLOUR,
        background_color: START,
        icons: [icon(192, 'any'), icon(512, 'any'), icon(512, 'maskable')],
      }),
    );
  }

  /** Never kept, so that a new version takes over with the next page; it may look after the pages above its folder too. */
  private sendWorker(response: Response): void {
    response.set({
      'Cache-Control': 'no-cache',
      'Service-Worker-Allowed': publicPath(this.config, '/dashboard'),
    });
    response.type('text/javascript').send(this.worker);
  }

  private async sendIcon({ path, url }: Request, response: Response): Promise<void> {
    const name = /^\/icons\/(\d+|badge)\.png$/.exec(path)?.[1] ?? '';
    if (name !== 'badge' && !EDGES.includes(Number(name))) {
      throw new DomainError({ code: 'NOT_FOUND', status: 404, message: 'There is no such icon.' });
    }
    const bytes = await this.icon(name);
    // The manifest names the look; others ask for whatever it is now.
    const kept = url.endsWith(`?${lookOf(this.desk.current)}`) ? WEEK_S : DAY_S;
    response.set('Cache-Control', `public, max-age=${kept}`).type('image/png').send(bytes);
  }

  private icon(name: string): Promise<Buffer> {
    const profile = this.desk.current;
    if (this.drawn?.profile !== profile) this.drawn = { profile, icons: new Map() };
    const { icons } = this.drawn;
    const known = icons.get(name);
    if (known !== undefined) return known;
    const icon = this.draw(name, profile);
    icons.set(name, icon);
    icon.catch(() => icons.delete(name));
    return icon;
  }

  private async draw(name: string, { colour, logoUrl }: Profile): Promise<Buffer> {
    // Most browsers ask for them: only a desk with looks of its own has to draw.
    if (name === 'badge' || (logoUrl === null && colour === null))
      return readFile(join(this.folder, 'icons', `${name}.png`));
    const edge = Number(name);
    // The glyph is white: a pale colour is darkened until it shows.
    const ground = legibleOn(colour ?? COLOUR, PAPER, DARK);
    if (logoUrl === null) return appIcon({ picture: this.glyph, ground, edge });
    return appIcon({ picture: await this.logos.read(basename(logoUrl)), ground: PAPER, edge });
  }
}

/** Changes with what icons look like: installed programs fetch theirs again then. */
const lookOf = ({ colour, logoUrl }: Profile): string =>
  createHash('sha256')
    .update(JSON.stringify([colour, logoUrl]))
    .digest('hex')
    .slice(0, 8);
