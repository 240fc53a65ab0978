import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { RequestWatch } from '../logging/request-watch.js';
import { ErrorFilter } from './error.filter.js';
import { strictValidation } from './strict-validation.js';

/** What every HTTP route shares: validation, the error shape, and the count of open requests. */
@Global()
@Module({
  providers: [
    RequestWatch,
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: APP_PIPE, useFactory: strictValidation },
  ],
  exports: [RequestWatch],
})
export class HttpModule {}
