import { encodeFirstContent } from '../../../shared/editor/first-content'

const ENGLISH = 'Ask about missed doses before you look at the laboratory results of the month.'
const RUSSIAN = 'Спросите о пропущенных приёмах, прежде чем смотреть на анализы за этот месяц.'
/** As many as there are writers in one room. */
export const PARAGRAPHS = 10

/** First content of every room on every server: a short protocol in both languages, about 3 KB. */
export function firstContent(paragraphs = PARAGRAPHS): Uint8Array {
  const body = (lang: string, text: string) => ({
    type: 'doc',
    content: Array.from({ length: paragraphs }, (_, n) => ({
      type: 'paragraph',
      attrs: { uid: `${lang}-${n}`, unit: `u-${n}` },
      content: [{ type: 'text', text }],
    })),
  })
  return encodeFirstContent({ en: body('en', ENGLISH), ru: body('ru', RUSSIAN) })
}
