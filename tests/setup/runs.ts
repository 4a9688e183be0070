/**
 * How often a property is tried: so many times in the whole suite, a quarter of that in the quick
 * loop, but never fewer than fifty.
 */
export function runs(whole: number): { numRuns: number } {
  if (process.env.THOROUGH === '1') return { numRuns: whole }
  return { numRuns: Math.min(whole, Math.max(50, Math.ceil(whole / 4))) }
}
