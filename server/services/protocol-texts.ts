import type { ProtocolRow } from '../../models/protocol'
import { deriveUnits, type UnitStatus } from '../../shared/editor/alignment'
import type { LiveContent } from '../../shared/editor/content'
import { LANGUAGES } from '../../shared/languages'
import { PUBLISHED_STATUSES } from '../../shared/schemas/protocols'
import { compareAttention, noteAttention } from './attention'
import {
  dropSearchTexts,
  putSearchTexts,
  retitleSearchTexts,
  type SearchText,
  syncSearchTexts,
} from './search-index'

/** What findable texts of a protocol are made from. */
export type FindableProtocol = Pick<
  ProtocolRow,
  '_id' | 'partnership' | 'title' | 'status' | 'editedAt'
>

/** Make a protocol findable as it reads now, unit by unit in each language; writes what has changed. */
export async function syncProtocolTexts(
  row: FindableProtocol,
  units: readonly UnitStatus[],
): Promise<void> {
  await syncSearchTexts({ partnership: row.partnership, kind: 'protocol', of: row._id }, [
    ...titlesOf(row),
    ...units.flatMap((unit) => textsOf(row, unit)),
  ])
}

/** Make a protocol findable by a new title; its units keep their words. */
export async function syncProtocolTitle(row: FindableProtocol): Promise<void> {
  const at = { partnership: row.partnership, kind: 'protocol' as const, of: row._id }
  const titles = titlesOf(row)
  const gone = LANGUAGES.flatMap((lang) => (row.title[lang] ? [] : [`title ${lang}`]))
  await retitleSearchTexts(at, row.title)
  await putSearchTexts(titles)
  await dropSearchTexts(at, gone)
}

/**
 * The first content of a protocol that was not written by anybody at a page: findable, and noted on
 * the home page as what it needs; nobody is told. Doing it again does nothing.
 */
export async function indexProtocol(
  row: FindableProtocol & Pick<ProtocolRow, 'editedBy'>,
  content: Pick<LiveContent, 'blocks' | 'ledger'>,
): Promise<void> {
  const units = deriveUnits(content.blocks, content.ledger)
  await syncProtocolTexts(row, units)
  const at = { partnership: String(row.partnership), room: String(row._id) }
  await noteAttention(at, await compareAttention(at, units), {
    userId: row.editedBy ? String(row.editedBy) : null,
    at: row.editedAt,
  })
}

function titlesOf(row: FindableProtocol): SearchText[] {
  return LANGUAGES.flatMap((lang) => {
    const text = row.title[lang]
    return text ? [{ ...commonOf(row), part: `title ${lang}`, lang, text }] : []
  })
}

function textsOf(row: FindableProtocol, { unit, text }: UnitStatus): SearchText[] {
  return LANGUAGES.flatMap((lang) =>
    text[lang] ? [{ ...commonOf(row), part: `unit ${unit} ${lang}`, lang, text: text[lang] }] : [],
  )
}

function commonOf({ _id, partnership, title, status, editedAt }: FindableProtocol) {
  const published = PUBLISHED_STATUSES.includes(status)
  return { partnership, kind: 'protocol' as const, of: _id, title, published, at: editedAt }
}
