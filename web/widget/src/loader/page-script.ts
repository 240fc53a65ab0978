import { addressOf } from '../../../shared/address.js';

/**
 * Our script tag. The browser names the running script, except for modules; optimisers put several scripts into one, and then
 * `data-origin` says which desk it is.
 */
export function ownScript(): HTMLScriptElement | undefined {
  const all = [document.currentScript, ...document.scripts] as (HTMLScriptElement | null)[];
  return all.find(
    (one): one is HTMLScriptElement =>
      one !== null && ('origin' in one.dataset || !!addressOf(one.src)?.pathname.endsWith('/widget.js')),
  );
}

/** Where the desk is, with a slash at its end: `data-origin`, or the folder of widget.js. */
export function baseOf({ dataset, src }: HTMLScriptElement): URL | undefined {
  return dataset.origin ? deskOf(dataset.origin) : addressOf('.', src);
}

export function deskOf(url: unknown): URL | undefined {
  const address =
    typeof url === 'string' ? addressOf(url.endsWith('/') ? url : `${url}/`, location.href) : undefined;
  return address?.protocol.startsWith('http') ? address : undefined;
}
