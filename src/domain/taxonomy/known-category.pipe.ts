import { Injectable, type PipeTransform } from '@nestjs/common';
import { TaxonomyNamesService } from './taxonomy-names.service.js';

/** Refuses a body whose `category` is in no list. It runs after the rules of the DTO. */
@Injectable()
export class KnownCategoryPipe<T extends { category?: string | null }> implements PipeTransform<
  T,
  Promise<T>
> {
  constructor(private readonly names: TaxonomyNamesService) {}

  async transform(value: T): Promise<T> {
    if (typeof value.category === 'string') await this.names.assertCategory(value.category);
    return value;
  }
}
