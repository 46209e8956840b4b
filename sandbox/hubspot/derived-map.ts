/** Where the entries of a `DerivedMap` come from as long as nobody has changed them. */
export interface Derivation<T> {
  /** How many keys there are. */
  readonly size: number;
  /** All keys, in their order. */
  keys(): Iterable<string>;
  /** The value of a key, always the same; undefined for a key that is none of ours. */
  derive(key: string): T | undefined;
}

/**
 * A map whose first entries are computed whenever they are read and cost no memory; only what was set or deleted is kept.
 * Lets an account of a million records live in the space of its changes.
 */
export class DerivedMap<T> extends Map<string, T> {
  readonly #source: Derivation<T>;
  /** Derived keys that were deleted; one that is set again counts as an addition. */
  readonly #gone = new Set<string>();
  /** Derived keys whose value was replaced. */
  readonly #replaced = new Set<string>();

  constructor(source: Derivation<T>) {
    super();
    this.#source = source;
  }

  override get size(): number {
    return this.#source.size - this.#gone.size + super.size - this.#replaced.size;
  }

  override get(key: string): T | undefined {
    const kept = super.get(key);
    return kept !== undefined || this.#gone.has(key) ? kept : this.#source.derive(key);
  }

  override has(key: string): boolean {
    return super.has(key) || (!this.#gone.has(key) && this.#source.derive(key) !== undefined);
  }

  override set(key: string, value: T): this {
    if (!super.has(key) && !this.#gone.has(key) && this.#source.derive(key) !== undefined)
      this.#replaced.add(key);
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    const had = this.has(key);
    super.delete(key);
    if (had && this.#source.derive(key) !== undefined) {
      this.#replaced.delete(key);
      this.#gone.add(key);
    }
    return had;
  }

  override *keys(): MapIterator<string> {
    for (const key of this.#source.keys()) if (!this.#gone.has(key)) yield key;
    for (const key of super.keys()) if (!this.#replaced.has(key)) yield key;
  }

  override *values(): MapIterator<T> {
    for (const key of this.keys()) yield this.get(key) as T;
  }

  override *entries(): MapIterator<[string, T]> {
    for (const key of this.keys()) yield [key, this.get(key) as T];
  }

  override [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  override forEach(visit: (value: T, key: string, map: Map<string, T>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  override clear(): void {
    for (const key of [...this.keys()]) this.delete(key);
  }
}
