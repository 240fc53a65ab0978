import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { DomainError, invalidField, unavailable } from '../http/errors/domain-error.js';
import { imageLibrary } from './image-library.js';
import { IMAGE_TYPES, imageTypeOf } from './image-kind.js';

/** A picture that unpacks to more (a phone's camera makes 12 to 50 million points) is a bomb, not a portrait. */
const MOST_PIXELS = 50_000_000;
const SECONDS = 10;
/** Unpacking takes memory and a thread: one after the other, and a short queue. */
const gate = bulkhead(1, 10);

/** What was uploaded, as it arrived. */
export interface UploadedPicture {
  bytes: Buffer;
  /** As the sender declares it. */
  type: string;
}

interface Redrawing {
  edge: number;
  /** `cover` keeps the middle, `inside` keeps all of it and never enlarges. */
  fit: 'cover' | 'inside';
  /** The field of the upload that a refusal names. */
  field: string;
}

/**
 * The middle of a PNG, JPEG, GIF or WebP as a WebP of `edge` × `edge`, redrawn: nothing but what is seen stays, no EXIF, no
 * second content. Throws 415 for what is no such image or is declared as something else, 400 for a broken or huge one.
 */
export function squarePicture(picture: UploadedPicture, edge: number): Promise<Buffer> {
  return redrawn(picture, { edge, fit: 'cover', field: 'avatar' });
}

/** The same with all of the picture, in its own proportions, within `edge` × `edge`. */
export function fittedPicture(picture: UploadedPicture, edge: number): Promise<Buffer> {
  return redrawn(picture, { edge, fit: 'inside', field: 'logo' });
}

async function redrawn({ bytes, type }: UploadedPicture, redrawing: Redrawing): Promise<Buffer> {
  const actual = imageTypeOf(bytes);
  if (actual === undefined || actual !== type) throw notAPicture();
  try {
    return await gate.execute(() => redraw(bytes, redrawing));
  } catch (error) {
    if (error instanceof BulkheadRejectedError)
      throw unavailable('Many pictures arrive at once. Try again in a moment.');
    if (error instanceof Error && !(error instanceof DomainError)) throw unreadable(redrawing.field, error);
    throw error;
  }
}

async function redraw(bytes: Buffer, { edge, fit }: Redrawing): Promise<Buffer> {
  const decode = await imageLibrary();
  return decode(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1 })
    .timeout({ seconds: SECONDS })
    .autoOrient()
    .resize(edge, edge, { fit, withoutEnlargement: fit === 'inside' })
    .webp({ quality: 82 })
    .toBuffer();
}

const notAPicture = (): DomainError =>
  new DomainError({
    code: 'UNSUPPORTED_MEDIA_TYPE',
    status: 415,
    message: `Choose a picture: ${IMAGE_TYPES.map((type) => type.slice('image/'.length).toUpperCase()).join(', ')}.`,
  });

const unreadable = (field: string, cause: Error): DomainError =>
  Object.assign(invalidField(field, 'This picture is damaged or too large. Choose another.'), { cause });
