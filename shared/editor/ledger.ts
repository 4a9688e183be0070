import type * as Y from 'yjs'
import { AppError } from '../errors'
import type { Language } from '../languages'
import { readBlocks } from './blocks'
import { BODY_ROOT, LEDGER_ROOT, type LedgerEntry, type LedgerKey } from './content'
import { unitForm } from './unit-hash'

export type MarkOfUnit = {
  unit: string
  from: Language
  to: Language
  state: LedgerEntry['state']
  /** User id. */
  by: string
  /** UTC, ISO-8601. */
  at: string
  /** Hashes of the texts that the person saw. */
  expectedSrc: string
  expectedTgt: string
}

/** Where a mark is kept in the ledger. */
export function ledgerKey(unit: string, from: Language, to: Language): LedgerKey {
  return `${unit}|${from}>${to}`
}

/**
 * Record that a unit's two texts agree; a mark of the other direction gives way. Only the server calls
 * it, as its own client of the document, or a "reviewed by" could be forged.
 *
 * @throws AppError `not_found` if a side has no text, `text_moved` if either is no longer what the
 *   person saw, with the present `sourceHash` and `targetHash`
 */
export function writeMark(doc: Y.Doc, mark: MarkOfUnit): void {
  const source = sideOf(doc, mark.from, mark.unit)
  const target = sideOf(doc, mark.to, mark.unit)
  if (source.normalised === '' || target.normalised === '') {
    throw new AppError('not_found', { unit: mark.unit })
  }
  if (source.hash !== mark.expectedSrc || target.hash !== mark.expectedTgt) {
    throw new AppError('text_moved', {
      unit: mark.unit,
      sourceHash: source.hash,
      targetHash: target.hash,
    })
  }

  const entry: LedgerEntry = {
    src: source.hash,
    tgt: target.hash,
    srcText: source.text,
    tgtText: target.text,
    state: mark.state,
    by: mark.by,
    at: mark.at,
  }
  doc.transact(() => {
    const ledger = doc.getMap<LedgerEntry>(LEDGER_ROOT)
    ledger.delete(ledgerKey(mark.unit, mark.to, mark.from))
    ledger.set(ledgerKey(mark.unit, mark.from, mark.to), entry)
  })
}

function sideOf(doc: Y.Doc, lang: Language, unit: string) {
  const texts = readBlocks(doc.getXmlFragment(BODY_ROOT[lang]))
    .filter((block) => block.unit === unit)
    .map((block) => block.text)
  return { ...unitForm(texts), text: texts.join(' ').trim() }
}
