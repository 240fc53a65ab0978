/**
 * Answers the token to use now, or nothing for a guest. When the server has refused a token it is called with
 * that one: answer a renewed token (which a plain call must answer from then on), or nothing if there is none.
 */
export type TokenSource = (refused?: string) => string | undefined | Promise<string | undefined>;

/** The caller's token; several requests refused at once share one renewal. */
export class Credentials {
  readonly #source: TokenSource;
  #renewal?: Promise<string | undefined>;

  constructor(source: TokenSource = () => undefined) {
    this.#source = source;
  }

  async read(): Promise<string | undefined> {
    return this.#source();
  }

  /** A token other than the refused one, or nothing; rejects when the renewal itself failed. */
  async renew(refused: string | undefined): Promise<string | undefined> {
    if (!refused) return undefined;
    const current = await this.read();
    if (current !== refused) return current;
    this.#renewal ??= this.#ask(refused).finally(() => (this.#renewal = undefined));
    const next = await this.#renewal;
    return next === refused ? undefined : next;
  }

  async #ask(refused: string): Promise<string | undefined> {
    return this.#source(refused);
  }
}
