import type { HappenedView, WrittenView } from '../../shared/after-views'
import { type Language, pickText } from '../../shared/languages'
import type { Block, SaidLine } from '../papers/paper'
import { paperWords } from './paper-words'

/** What happened in the room as part of an event report: polls, questions, cases. */
export function happenedBlocks({ polls, questions, cases }: HappenedView, lang: Language): Block[] {
  const t = paperWords(lang)
  return [
    ...titled(t('report.polls'), polls.flatMap(pollOf)),
    ...titled(
      t('report.answers'),
      questions.map(({ asked, answer }) => ({
        kind: 'said' as const,
        lines: [
          ...linesOf(t('report.asked'), asked),
          ...(answer
            ? linesOf(t('report.answer'), answer)
            : [{ label: t('report.answer'), text: t('report.aloud'), lang }]),
        ],
      })),
    ),
    ...titled(
      t('report.cases'),
      cases.map(({ problem, question, recommended }) => ({
        kind: 'said' as const,
        lines: [
          ...linesOf(t('report.problem'), problem),
          ...linesOf(t('report.asked'), question),
          ...linesOf(t('report.recommended'), recommended),
        ],
      })),
    ),
  ]

  function titled(text: string, blocks: Block[]): Block[] {
    return blocks.length === 0 ? [] : [{ kind: 'heading', text }, ...blocks]
  }

  function pollOf({ prompt, answers, options, texts }: HappenedView['polls'][number]): Block[] {
    const asked = pickText(prompt, lang)
    const head = [t('report.option'), t('report.chosen'), t('report.share')]
    const rows = options.map(({ mark, text, count, right }) => {
      const label = text ? pickText(text, lang).text : mark
      const value = answers === 0 ? 0 : Math.round((100 * count) / answers)
      return [
        right ? t('report.rightOption', { option: label }) : label,
        String(count),
        t('report.percent', { value }),
      ]
    })
    const said = { label: t('report.answered', { count: answers }), ...asked }
    return [
      { kind: 'said', lines: [said] },
      ...(rows.length > 0 ? [{ kind: 'table' as const, head, rows }] : []),
      ...(texts.length > 0
        ? [{ kind: 'list' as const, items: texts.map(({ text }) => text) }]
        : []),
    ]
  }

  /** As it was written and as it was translated, what is in the paper's language first. */
  function linesOf(label: string, { lang: own, text, translation }: WrittenView): SaidLine[] {
    const both = [{ lang: own, text }, ...(translation ? [translation] : [])]
    const [first, ...rest] = both.toSorted(
      (a, b) => Number(b.lang === lang) - Number(a.lang === lang),
    )
    if (!first?.text) return []
    return [{ label, ...first }, ...rest]
  }
}
