import type { Language } from '../../../../shared/languages'
import type { CaseView, QuestionView } from '../../../../shared/room-views'
import { useReader } from '../../../lib/format'

/** The words in the reader's language where a colleague has translated them. */
export function Brief<Words extends { lang: Language }>({
  said,
  textOf,
}: {
  said: NoInfer<Words> & { translation: NoInfer<Words> | null }
  textOf: (words: Words) => string
}) {
  const { lang: reader } = useReader()
  const { translation } = said
  const first = said.lang !== reader && translation?.lang === reader ? translation : said
  return <span lang={first.lang}>{textOf(first)}</span>
}

/** A question is its own summary. */
export function textOf({ text }: Pick<QuestionView, 'lang' | 'text'>): string {
  return text
}

/** What a case is about. */
export function briefOf({
  problem,
  question,
}: Pick<CaseView, 'lang' | 'problem' | 'question'>): string {
  return [problem, question].filter(Boolean).join(' ')
}
