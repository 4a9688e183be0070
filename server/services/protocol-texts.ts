import type { ClientSession } from 'mongoose'
import type { ProtocolRow } from '../../models/protocol'
import { deriveUnits, type UnitStatus } from '../../shared/editor/alignment'
import type { LiveContent } from '../../shared/editor/content'
import { unitNumbers } from '../../shared/editor/page-rows'
import { LANGUAGES } from '../../shared/languages'
import { PUBLISHED_STATUSES } from '../../shared/protocol-statuses'
import { compareAttention, noteAttention } from './attention'
import {
  dropSearchTexts,
  hasSearchTexts,
  putSearchTexts,
  retitleSearchTexts,
  type SearchText,
  syncSearchTexts,
  titleTexts,
} from './search-index'
import { inTransaction } from './transaction'

/** What findable texts of a protocol are made from. */
export type FindableProtocol = Pick<
  ProtocolRow,
  '_id' | 'partnership' | 'title' | 'status' | 'editedAt' | 'workshop'
>

/**
 * Make a protocol findable as it reads now, unit by unit in each language; writes what has changed. In
 * the transaction that wrote its row, or a title that is being changed comes back.
 */
export async function syncProtocolTexts(
  row: FindableProtocol,
  units: readonly UnitStatus[],
  session: ClientSession,
): Promise<void> {
  const at = { partnership: row.partnership, kind: 'protocol' as const, of: row._id }
  const written = units.flatMap((unit) => textsOf(row, unit))
  // a workshop is found by its own title: what nobody wrote in does not stand beside it
  const titles = row.workshop && written.length === 0 ? [] : titleTexts(commonOf(row))
  await syncSearchTexts(at, [...titles, ...written], session)
}

/** Make a protocol findable by a new title, in the change's transaction; its units keep their words. */
export async function syncProtocolTitle(
  row: FindableProtocol,
  session: ClientSession,
): Promise<void> {
  const at = { partnership: row.partnership, kind: 'protocol' as const, of: row._id }
  if (row.workshop && !(await hasSearchTexts(at, session))) return
  const gone = LANGUAGES.flatMap((lang) => (row.title[lang] ? [] : [`title ${lang}`]))
  await retitleSearchTexts(at, row.title, session)
  await putSearchTexts(titleTexts(commonOf(row)), session)
  await dropSearchTexts(at, gone, session)
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
  const at = { partnership: String(row.partnership), room: String(row._id) }
  const editing = { userId: row.editedBy ? String(row.editedBy) : null, at: row.editedAt }
  await inTransaction(async (session) => {
    await syncProtocolTexts(row, units, session)
    // a workshop's documents are nobody's task
    if (row.workshop) return
    const change = await compareAttention(at, units, unitNumbers(content.blocks), session)
    await noteAttention(at, change, () => editing, session)
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
