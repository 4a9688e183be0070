/** The row of an agenda after the present one; the first where there is none yet. */
export function nextRow<Row extends { id: string }>(
  agenda: readonly Row[],
  now: string | null,
): Row | null {
  return agenda[agenda.findIndex(({ id }) => id === now) + 1] ?? null
}
