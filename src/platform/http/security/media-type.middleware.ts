import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { DomainError } from '../errors/domain-error.js';

/** Lets only JSON bodies in, multipart ones where files are uploaded, and forms where a mail program posts one; else 415. */
export function mediaType(uploads: RegExp, forms: RegExp): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    if (hasBody(request) && !isAccepted(request, uploads, forms))
      throw unsupported(uploads.test(request.path));
    next();
  };
}

function hasBody({ headers }: Request): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

function isAccepted(request: Request, uploads: RegExp, forms: RegExp): boolean {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return forms.test(request.path);
  if (type === 'multipart/form-data') return uploads.test(request.path) || forms.test(request.path);
  return type === 'application/json';
}

function unsupported(isUpload: boolean): DomainError {
  const message = isUpload ? 'Send the file as multipart/form-data.' : 'Send the body as application/json.';
  return new DomainError({ code: 'UNSUPPORTED_MEDIA_TYPE', status: 415, message });
}
