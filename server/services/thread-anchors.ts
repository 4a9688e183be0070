import type { AnchorRow } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { LANGUAGES } from '../../shared/languages'
import type { Ports } from '../ports'
import { addressOf, findProtocol } from './protocols'

/** Longest quote of a paragraph in one language, in UTF-16 code units. */
const QUOTE_MAX = 160

/**
 * The paragraph that a new thread is about, as it reads now in both languages.
 *
 * @throws AppError `not_found`, `forbidden` for the protocol; `invalid_input` with `unit` if it holds no
 *   such paragraph; `document_unavailable`
 */
export async function readAnchor(
  { live }: Ports,
  actor: Actor,
  partnershipId: string,
  at: { protocolId: string; unit: string },
): Promise<AnchorRow> {
  const row = await findProtocol(actor, 'protocol:open', at.protocolId, partnershipId)
  const { blocks } = await live.read(addressOf(row))
  const found = LANGUAGES.map((lang) => ({
    lang,
    texts: blocks[lang].filter(({ unit }) => unit === at.unit).map(({ text }) => text),
  }))
  if (found.every(({ texts }) => texts.length === 0)) {
    throw new AppError('invalid_input', { unit: 'unknown' })
  }
  const quotes = found.map(({ lang, texts }) => [lang, quoteOf(texts.join(' '))] as const)
  return {
    protocol: row._id,
    unit: at.unit,
    quote: Object.fromEntries(quotes.filter(([, quote]) => quote !== '')),
  }
}

/** The beginning of a text, cut after a word. */
export function quoteOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= QUOTE_MAX) return line
  const room = line.slice(0, QUOTE_MAX)
  const end = room.lastIndexOf(' ')
  // one endless word is cut within, but never within a letter
  const kept = end > QUOTE_MAX / 2 ? room.slice(0, end) : room.slice(0, -1)
  return `${kept.replace(/[\uD800-\uDBFF]$/, '').replace(/[\s,;:.–—-]+$/, '')}…`
}
