/**
 * Loads the widget of a desk and answers its methods, with types. It is the loader alone: the widget itself comes from the desk, in
 * the version that the desk has.
 *
 *   const concierge = await init({ url: 'https://desk.example', locale: 'de' });
 *   concierge.on('unread', (count) => {});
 */
import type { ConciergeApi, InitSettings } from '../src/loader/api.js';

export type {
  Call,
  ConciergeApi,
  EventDetails,
  InitSettings,
  Visitor,
  WidgetEvent,
} from '../src/loader/api.js';

let last: Promise<ConciergeApi> | undefined;

/**
 * Starts the widget, again after `destroy`. Calls are carried out one after the other, with what follows on each, so that a component
 * that is taken away and comes back is there. Rejects where widget.js cannot be loaded; another call tries again.
 */
export function init(settings: InitSettings): Promise<ConciergeApi> {
  const start = async (): Promise<ConciergeApi> => {
    const api = current() ?? (await load(settings));
    // Does nothing where it is started already, as by the script itself.
    api.init(settings);
    return api;
  };
  last = last === undefined ? start() : last.then(start, start);
  return last;
}

function load(settings: InitSettings): Promise<ConciergeApi> {
  return new Promise((resolve, reject) => {
    const { url, ...said } = settings;
    const script = document.createElement('script');
    script.src = `${url.endsWith('/') ? url : `${url}/`}widget.js`;
    script.async = true;
    // The script starts by itself, with what its attributes say.
    const attributes: Record<string, string | number | boolean | null | undefined> = { ...said };
    for (const [name, value] of Object.entries(attributes))
      if (value !== undefined && value !== null) script.dataset[name] = String(value);
    const fail = (): void => {
      script.remove();
      reject(new Error(`Concierge: ${script.src} cannot be loaded.`));
    };
    script.onerror = fail;
    script.onload = () => {
      const api = current();
      if (api) resolve(api);
      else fail();
    };
    document.head.append(script);
  });
}

function current(): ConciergeApi | undefined {
  const { Concierge: known } = window;
  return known !== undefined && 'init' in known ? known : undefined;
}
