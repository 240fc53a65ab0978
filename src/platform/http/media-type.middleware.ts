import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { DomainError } from './domain-error.js';

/** Lets only JSON bodies in, and multipart ones where files are uploaded; everything else is a 415. */
export function mediaType(uploads: RegExp): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction) => {
    if (hasBody(request) && !isAccepted(request, uploads)) throw unsupported(uploads.test(request.path));
    next();
  };
}

function hasBody({ headers }: Request): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

function isAccepted(request: Request, uploads: RegExp): boolean {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  return type === 'application/json' || (type === 'multipart/form-data' && uploads.test(request.path));
}

function unsupported(isUpload: boolean): DomainError {
  const message = isUpload ? 'Send the file as multipart/form-data.' : 'Send the body as application/json.';
  return new DomainError({ code: 'UNSUPPORTED_MEDIA_TYPE', status: 415, message });
}
