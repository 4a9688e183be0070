/** A seeded source of everything that is left to chance, so that a run can be repeated. */
export type Random = {
  /** From 0, below 1. */
  next(): number
  /** A whole number; both ends are included. */
  int(from: number, to: number): number
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  /** A source of its own, which goes on alike whatever this one is asked meanwhile. */
  fork(name: string): Random
}

/** sfc32: fast, and good enough to choose moments and places. */
export function createRandom(seed: number | string): Random {
  const [a0 = 0, b0 = 0, c0 = 0] = hashesOf(String(seed))
  let [a, b, c, d] = [a0, b0, c0, 1]
  const bits = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) bits()
  const next = () => bits() / 2 ** 32
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick: <T>(from: readonly T[]) => {
      if (from.length === 0) throw new Error('nothing to pick from')
      return from[int(0, from.length - 1)] as T
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  }
}

/** FNV-1a, begun three times differently. */
function hashesOf(text: string): number[] {
  return [0x811c9dc5, 0x9e3779b9, 0x85ebca6b].map((start) => {
    let hash = start
    for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
    return hash | 0
  })
}
