/** The whole suite runs; the quick loop leaves out scenarios that take long and hold for rare events. */
export const isWhole = process.env.THOROUGH === '1'

/**
 * How often a property is tried: so many times in the whole suite, a quarter of that in the quick
 * loop, but never fewer than fifty.
 */
export function runs(whole: number): { numRuns: number } {
  if (isWhole) return { numRuns: whole }
  return { numRuns: Math.min(whole, Math.max(50, Math.ceil(whole / 4))) }
}

/** Every case in the whole suite, the last one in the quick loop. */
export function cases<T>(all: readonly T[]): readonly T[] {
  return isWhole ? all : all.slice(-1)
}
