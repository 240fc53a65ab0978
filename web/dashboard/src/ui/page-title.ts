import { useEffect } from 'react';
import { product } from './product.js';

/** What the title of the page is made of: an alarm hides the rest. */
const parts = { page: product.name, count: '', alarm: '' };

export function setTitle(changed: Partial<typeof parts>): void {
  Object.assign(parts, changed);
  const { page, count, alarm } = parts;
  document.title = alarm || (count && `(${count}) `) + page;
}

/** The desk has another name from now on. */
export function renameDesk(name: string): void {
  const before = product.name;
  product.name = name;
  setTitle({ page: parts.page.replace(before, () => name) });
}

/** Names the page for as long as it is shown. */
export function usePageTitle(page: string): void {
  useEffect(() => {
    setTitle({ page });
    return () => setTitle({ page: product.name });
  }, [page]);
}
