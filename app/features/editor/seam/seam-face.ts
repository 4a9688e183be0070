/** The five faces of the seam, each with its sign; the words are in `editor:seam.*`. */
export const SEAM_SIGNS = {
  reviewed: '✓',
  'in-sync': '=',
  drifted: '≠',
  missing: '+',
  check: '!',
} as const

export type SeamFace = keyof typeof SEAM_SIGNS
