import { AppError } from '../../../shared/errors'
import { findPatientData } from '../../../shared/patient-data'
import { cutOut } from '../../../shared/patient-data/cut-out'
import { PurgeAt, type PurgeWhat } from '../../../shared/schemas/purges'
import type { Member } from '../../lib/route'

/** Paragraphs of a protocol that are shown beside the field; others are named by their words alone. */
const SHOWN = 12

/** The place in an address, ids only. @throws AppError `not_found` */
export function placeIn(url: string): PurgeAt {
  const at = PurgeAt.safeParse(Object.fromEntries(new URL(url).searchParams))
  if (!at.success) throw new AppError('not_found')
  return at.data
}

/** What a page for removing patient data shows: what stands there, and what of it looks like it. */
export async function openPurge({ actor, services }: Member, partnershipId: string, at: PurgeAt) {
  const { what, whole, texts, seq } = await services.purges.readPurgeable(actor, partnershipId, at)
  const looked = texts.map(({ lang, text }) => {
    const found = findPatientData(text)
    return { lang, text, found: found.map(({ from, to }) => text.slice(from, to)) }
  })
  // of a long text what looks like patient data is shown, and the paragraph that was asked for
  const isLong = what === 'text' && !('unit' in at && at.unit)
  const shown = looked.filter(({ found }) => !isLong || found.length > 0).slice(0, SHOWN)
  const suggested = [...new Set(looked.flatMap(({ found }) => found.map(onOneLine)))]
  return { what, whole, seq: seq ?? null, shown, suggested: suggested.join('\n') }
}
export type OpenedPurge = Awaited<ReturnType<typeof openPurge>>

/**
 * How many places would lose something.
 *
 * @throws AppError `invalid_input` with `passages` where nothing reads like that
 */
export async function countPlaces(
  { actor, services }: Member,
  partnershipId: string,
  at: PurgeAt,
  what: PurgeWhat,
): Promise<number> {
  const { texts, readable } = await services.purges.readPurgeable(actor, partnershipId, at)
  if (what.scope === 'whole') return texts.length
  const { passages } = what
  if (!readable) return passages.length
  const count = texts.reduce((sum, { text, lang }) => sum + cutOut(text, passages, lang).count, 0)
  if (count === 0) throw new AppError('invalid_input', { passages: 'absent' })
  return count
}

/** Where one came from. */
export function placePath(slug: string, at: PurgeAt, seq: number | null): string {
  const base = `/partnerships/${slug}`
  switch (at.what) {
    case 'post':
      return `${base}/discussions/${at.thread}${seq ? `?around=${seq}#post-${seq}` : ''}`
    case 'thread':
      return `${base}/discussions/${at.thread}`
    case 'resource':
    case 'file':
      return `${base}/resources/${at.resource}`
    case 'protocol':
    case 'text':
      return `${base}/protocols/${at.protocol}`
  }
}

const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
