import { Global, Module, NotFoundException, type OnApplicationBootstrap } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, HttpAdapterHost } from '@nestjs/core';
import type { Application, Request, Response } from 'express';
import { RequestWatch } from '../logging/request-watch.js';
import { AllowedOrigins } from './security/allowed-origins.js';
import { EdgeWatch } from './edge-watch.js';
import { toErrorBody } from './errors/error-body.js';
import { ErrorFilter, sendError } from './errors/error.filter.js';
import { strictValidation } from './validation/strict-validation.js';

/** What every HTTP route shares: validation, the error shape, and the count of open requests. */
@Global()
@Module({
  providers: [
    AllowedOrigins,
    RequestWatch,
    EdgeWatch,
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_PIPE, useFactory: strictValidation },
  ],
  exports: [AllowedOrigins, RequestWatch, EdgeWatch],
})
export class HttpModule implements OnApplicationBootstrap {
  constructor(private readonly host: HttpAdapterHost) {}

  /** Nest answers unknown addresses under the prefix only; without this, Express shows its own page for the rest. */
  onApplicationBootstrap(): void {
    const express = this.host.httpAdapter.getInstance<Application>();
    express.use((request: Request, response: Response) => {
      sendError(toErrorBody(new NotFoundException()), request, response);
    });
  }
}
