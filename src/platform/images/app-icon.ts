import { imageLibrary } from './image-library.js';

/** The part of an icon that every shape of mask leaves visible, and a little air around it. */
const INSIDE = 0.66;
const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 };

interface Painting {
  /** A PNG or WebP, which is put into the middle. */
  picture: Buffer;
  /** What is behind it, such as `#1f6f5c`. */
  ground: string;
  edge: number;
}

/** A square PNG for the icon of an installed app: the picture on its ground, which fills all of it, so that any mask may cut it. */
export async function appIcon({ picture, ground, edge }: Painting): Promise<Buffer> {
  const draw = await imageLibrary();
  const inside = Math.round(edge * INSIDE);
  const middle = await draw(picture)
    .resize(inside, inside, { fit: 'contain', background: CLEAR })
    .png()
    .toBuffer();
  return draw({ create: { width: edge, height: edge, channels: 3, background: ground } })
    .composite([{ input: middle, gravity: 'centre' }])
    .png({ compressionLevel: 9 })
    .toBuffer();
}
