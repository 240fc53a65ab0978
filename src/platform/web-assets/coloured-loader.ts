import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';
import type { DeskProfile } from '../desk-profile/desk-profile.js';
import { isRead } from './read-request.js';

interface Made {
  colour: string;
  plain: Buffer;
  gzipped: Buffer;
  etag: string;
}

/**
 * What stands before the loader: its own script tag says the colour of the desk, unless the page has chosen one. Browsers do not tell
 * a module which tag is its own.
 */
const chosenColour = (colour: string): string =>
  `(s=>{s&&(s.dataset.color??="${colour}")})(document.currentScript||document.querySelector('script[src$="/widget.js"]'));`;

/** Answers with the widget's loader in the colour of the desk; passes on while the desk has none. */
export function colouredLoader(file: string, desk: DeskProfile, maxAge: number): RequestHandler {
  const loader = readFileSync(file, 'utf8');
  let made: Made | undefined;
  return (request, response, next) => {
    const { colour } = desk.current;
    if (colour === null || !isRead(request)) {
      next();
      return;
    }
    if (made?.colour !== colour) made = make(loader, colour);
    response.vary('Accept-Encoding');
    response.set({ ETag: made.etag, 'Cache-Control': `public,max-age=${maxAge}` });
    response.type('text/javascript');
    if (request.fresh) response.status(304).end();
    else if (request.acceptsEncodings('gzip') !== 'gzip') response.send(made.plain);
    else response.set('Content-Encoding', 'gzip').send(made.gzipped);
  };
}

function make(loader: string, colour: string): Made {
  const plain = Buffer.from(chosenColour(colour) + loader);
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  return { colour, plain, gzipped: gzipSync(plain, { level: 9 }), etag: `W/"${hash}"` };
}
