import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiConsumes,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiPayloadTooLargeResponse,
  ApiProduces,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { invalidField } from '../http/errors/domain-error.js';
import { IgnoresToken } from '../http/security/route-access.js';
import { SkipLimits } from '../http/throttling/limit.decorator.js';
import type { UploadedPicture } from './picture.js';

const MOST_BYTES = 5 * 1024 * 1024;
const ONE_FILE = { fileSize: MOST_BYTES, files: 1, fields: 0, parts: 2, headerPairs: 20 };

/** What is sent for a picture; the rest of the upload is not looked at. */
export interface PictureUpload {
  buffer: Buffer;
  mimetype: string;
}

/** A route that takes one picture of up to 5 MB in a field of a multipart body. */
export function TakesPicture(field: string): MethodDecorator {
  return applyDecorators(
    UseInterceptors(FileInterceptor(field, { limits: ONE_FILE })),
    ApiConsumes('multipart/form-data'),
    ApiBody({
      schema: {
        type: 'object',
        properties: { [field]: { type: 'string', format: 'binary' } },
        required: [field],
      },
    }),
    ApiBadRequestResponse({ description: 'No file, or a broken or huge picture.' }),
    ApiPayloadTooLargeResponse({ description: 'More than 5 MB.' }),
    ApiUnsupportedMediaTypeResponse({ description: 'Not one of the four kinds of picture.' }),
  );
}

/** The picture that came; throws 400 without one. */
export function pictureIn(field: string, file: PictureUpload | undefined): UploadedPicture {
  if (file === undefined) throw invalidField(field, 'Choose a picture.');
  return { bytes: file.buffer, type: file.mimetype };
}

/** A route that shows a kept picture to anybody. */
export function ShowsPicture(): MethodDecorator {
  return applyDecorators(
    IgnoresToken(),
    SkipLimits(),
    ApiProduces('image/webp'),
    ApiOkResponse({ schema: { type: 'string', format: 'binary' } }),
    ApiNotFoundResponse(),
  );
}

/** Sends a kept picture, which may be kept forever and runs nothing. */
export function sendPicture(response: Response, bytes: Buffer): void {
  response.set({
    'Content-Type': 'image/webp',
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  });
  response.send(bytes);
}
