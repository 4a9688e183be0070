import { AppError } from '../../../shared/errors'
import { Id, UnitKey } from '../../../shared/ids'
import type { Language } from '../../../shared/languages'
import type { ThreadAnchor } from '../../../shared/views'
import type { Member } from '../../lib/route'

/** As much of a paragraph as is quoted, characters. */
const QUOTE_MAX = 280

/**
 * The paragraph that a new thread is to be about, as `?protocol=` and `&unit=` name it.
 *
 * @throws AppError `not_found` when there is no such paragraph
 */
export async function readAnchor(
  { actor, services }: Pick<Member, 'actor' | 'services'>,
  partnershipId: string,
  asked: URLSearchParams,
): Promise<ThreadAnchor | null> {
  if (!asked.has('protocol') && !asked.has('unit')) return null
  const protocolId = Id.safeParse(asked.get('protocol'))
  const unit = UnitKey.safeParse(asked.get('unit'))
  if (!protocolId.success || !unit.success) throw new AppError('not_found')
  const { protocol, content } = await services.protocols.readProtocol(
    actor,
    protocolId.data,
    partnershipId,
  )
  const quoteIn = (lang: Language) => {
    const texts = content.blocks[lang].filter((block) => block.unit === unit.data)
    return shorten(texts.map(({ text }) => text).join(' '))
  }
  const quote = { en: quoteIn('en'), ru: quoteIn('ru') }
  if (!quote.en && !quote.ru) throw new AppError('not_found')
  return { protocolId: protocol.id, protocolTitle: protocol.title, unit: unit.data, quote }
}

function shorten(text: string): string | undefined {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= QUOTE_MAX) return line || undefined
  return `${line.slice(0, QUOTE_MAX).replace(/\s+\S*$/, '')}…`
}
