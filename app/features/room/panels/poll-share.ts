/** Whole per cent of those who answered. */
export function shareOf(count: number, answers: number): number {
  return answers === 0 ? 0 : Math.round((100 * count) / answers)
}
