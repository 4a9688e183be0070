/**
 * How far a page knows the changes of one thing. Each change has the next whole number, and they are
 * heard in any order and more than once: a number whose predecessor was not heard means that something
 * got lost on the way.
 */
export class KnownChanges {
  #rev: number
  /** Numbers heard beyond `#rev`, until the ones before them are heard too. */
  readonly #ahead = new Set<number>()
  /** So far there are changes, as was said without what they are. */
  #told = 0

  /** @param rev everything up to this number is known */
  constructor(rev: number) {
    this.#rev = rev
  }

  /** Everything up to this number is known: catching up starts after it. */
  get rev(): number {
    return this.#rev
  }

  /** A change was heard whose predecessor was not. */
  get hasGap(): boolean {
    return this.#ahead.size > 0 || this.#told > this.#rev
  }

  /** One change was heard. */
  hear(rev: number): void {
    if (rev > this.#rev) this.#ahead.add(rev)
    this.reach(this.#rev)
  }

  /** There are changes up to this number, whether or not they were heard. */
  expect(rev: number): void {
    this.#told = Math.max(this.#told, rev)
  }

  /** Everything up to this number is known now. */
  reach(rev: number): void {
    this.#rev = Math.max(this.#rev, rev)
    while (this.#ahead.delete(this.#rev + 1)) this.#rev += 1
    for (const heard of this.#ahead) if (heard <= this.#rev) this.#ahead.delete(heard)
  }
}
