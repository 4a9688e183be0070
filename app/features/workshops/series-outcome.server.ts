import { z } from 'zod'
import type { SeriesOutcome } from '../../../server/services/workshop-later'
import { SERIES } from '../../../shared/workshop-series'

const Count = z.coerce.number().int().min(0).max(SERIES.most)
const Told = z.object({
  series: z.enum(['changed', 'announced', 'cancelled']),
  changed: Count,
  same: Count,
  over: Count,
  others: Count,
})

/** What became of the later workshops of a series, as the page after it tells. */
export type SeriesTold = z.infer<typeof Told>

/** The end of the address of that page; nothing where it was about one workshop. */
export function outcomeQuery(series: SeriesTold['series'], outcome: SeriesOutcome | null): string {
  if (!outcome) return ''
  const counts = Object.entries(outcome).map(([name, count]) => [name, String(count)])
  return `?${new URLSearchParams([['series', series], ...counts])}`
}

/** The same as the page reads it; null where there is nothing to tell. */
export function outcomeIn(request: Request): SeriesTold | null {
  const asked = Object.fromEntries(new URL(request.url).searchParams)
  return Told.safeParse(asked).data ?? null
}
