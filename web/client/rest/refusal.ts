import { Failure, fieldsOf } from '../failure.js';

/** A refused request, with the faults the server found, by field. */
export class Refusal extends Failure {
  readonly fields: Readonly<Record<string, string>>;
  /** Which rule each of them broke, such as `unique`. */
  readonly kinds: Readonly<Record<string, string>>;

  constructor(failure: Failure, body: unknown) {
    super(failure.code, failure.message, failure.retryable, failure.retryAfterMs);
    const { errors } = fieldsOf(body);
    const named = Array.isArray(errors) ? errors.map(fieldsOf) : [];
    this.fields = Object.fromEntries(
      named.map(({ location, message }) => [String(location), String(message)]),
    );
    this.kinds = Object.fromEntries(named.map(({ location, type }) => [String(location), String(type)]));
  }
}
