import { Injectable, type PipeTransform } from '@nestjs/common';
import { invalidField } from '../../../platform/http/errors/domain-error.js';

/** Refuses fields of events that have none. A class without fields cannot say so: class-validator refuses all of its objects. */
@Injectable()
export class NoFieldsPipe implements PipeTransform<object, object> {
  transform(body: object): object {
    const [extra] = Object.keys(body);
    if (extra !== undefined)
      throw invalidField(extra, `${extra} is not a field of this event.`, 'unknown_field');
    return body;
  }
}
