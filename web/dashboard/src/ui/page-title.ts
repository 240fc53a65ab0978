import { useEffect } from 'react';
import { PRODUCT } from './product.js';

/** What the title of the page is made of: an alarm hides the rest. */
const parts = { page: PRODUCT, count: '', alarm: '' };

export function setTitle(changed: Partial<typeof parts>): void {
  Object.assign(parts, changed);
  const { page, count, alarm } = parts;
  document.title = alarm || (count && `(${count}) `) + page;
}

/** Names the page for as long as it is shown. */
export function usePageTitle(page: string): void {
  useEffect(() => {
    setTitle({ page });
    return () => setTitle({ page: PRODUCT });
  }, [page]);
}
