import type { EventReportView } from '../../shared/after-views'
import { CADRES, type Cadre } from '../../shared/cadres'
import { type Language, type LocalizedText, otherLanguage, pickText } from '../../shared/languages'
import type { Block, Paper } from '../papers/paper'
import { deskOf } from './letters'
import { nameIn } from './names'
import { number, paperWords } from './paper-words'
import { happenedBlocks } from './report-happened-paper'
import type { ReportFacts } from './reports'

/** An event report (T15) laid out in one language; what exists in the other one only is said to. */
export function reportPaper(
  report: EventReportView,
  facts: ReportFacts,
  lang: Language,
  now: Date,
): Paper {
  const t = paperWords(lang)
  const pick = (text: LocalizedText) => pickText(text, lang).text
  const when = deskOf(lang, facts.timeZone)
  const day = new Intl.DateTimeFormat(lang, { timeZone: facts.timeZone, dateStyle: 'long' })
  const written = (title: string, text: LocalizedText): Block[] => {
    const own = text[lang] ?? ''
    const other = text[otherLanguage(lang)] ?? ''
    if (own === '' && other === '') return []
    return [
      { kind: 'heading', text: title },
      ...(own === '' ? [{ kind: 'paragraph' as const, text: t('report.otherLanguage') }] : []),
      { kind: 'paragraph', text: own || other, lang: own ? lang : otherLanguage(lang) },
    ]
  }
  const place = pick(facts.place)
  return {
    lang,
    title: t('report.title'),
    subtitle: `${pick(facts.title)} · ${pick(facts.partnership)}`,
    footer: t('report.footer', { date: day.format(now) }),
    pageOf: (page, pages) => t('report.page', { page, pages }),
    blocks: [
      { kind: 'heading', text: t('report.event') },
      {
        kind: 'facts',
        rows: [
          ...clocksOf(),
          [t('report.mode'), t(`report.modes.${facts.mode}`)],
          ...(place ? [[t('report.place'), place] as const] : []),
          [t('report.participants'), String(facts.attendance.people)],
          [t('report.enough'), String(facts.attendance.enough)],
          [
            t('report.questions'),
            t('report.questionsOf', {
              asked: facts.questions.asked,
              answered: facts.questions.answered,
            }),
          ],
          [t('report.tasks'), String(facts.tasks)],
        ],
      },
      ...written(t('report.objectives'), facts.objectives),
      { kind: 'heading', text: t('report.agenda') },
      {
        kind: 'table',
        head: [t('report.minutes'), t('report.subject'), t('report.speaker')],
        rows: facts.agenda.map(({ minutes, title, speaker, speakerName }) => [
          String(minutes),
          pick(title),
          speaker ? nameIn(speaker, lang) : speakerName,
        ]),
      },
      ...countTable(t('report.byCadre'), facts.attendance.byCadre, ({ key }) =>
        t(`people:cadre.${cadreOf(key)}`),
      ),
      ...countTable(t('report.byInstitution'), facts.attendance.byInstitution, ({ label }) =>
        label ? pick(label) : t('report.noInstitution'),
      ),
      ...written(t('report.summary'), report.summary),
      ...happenedBlocks(facts.happened, lang),
      ...decisionsOf(),
      ...quotesOf(),
      ...resultsOf(),
      ...written(t('report.costs'), report.costs),
      ...written(t('report.press'), report.press),
    ],
  }

  /** The beginning by the clocks of both sides. */
  function clocksOf(): (readonly [string, string])[] {
    const { clocks, startsAt } = facts
    if (clocks.length === 0) return [[t('report.when'), when.when(startsAt)]]
    return clocks.map(({ place, timeZone }) => [
      t('report.whenIn', { place: pick(place) }),
      when.whenIn(startsAt, timeZone),
    ])
  }

  /** Those of the list, and what is written beside. */
  function decisionsOf(): Block[] {
    const beside = written(t('report.decisions'), report.decisions)
    if (facts.decisions.length === 0) return beside
    const list = { kind: 'list' as const, items: facts.decisions.map(pick) }
    return [{ kind: 'heading', text: t('report.decisions') }, list, ...beside.slice(1)]
  }

  function countTable(
    title: string,
    counts: ReportFacts['attendance']['byCadre'],
    label: (count: ReportFacts['attendance']['byCadre'][number]) => string,
  ): Block[] {
    if (counts.length === 0) return []
    return [
      { kind: 'heading', text: title },
      {
        kind: 'table',
        head: [t('report.who'), t('report.people'), t('report.hours')],
        rows: counts.map((count) => [
          label(count),
          String(count.count),
          number(count.minutes / 60, lang),
        ]),
      },
    ]
  }

  /** Only with the consent of whoever said it. */
  function quotesOf(): Block[] {
    const quotes = report.quotes.filter(({ consent }) => consent)
    if (quotes.length === 0) return []
    return [
      { kind: 'heading', text: t('report.quotes') },
      ...quotes.map(({ text, who }) => ({ kind: 'quote' as const, text, who })),
    ]
  }

  function resultsOf(): Block[] {
    const { pre, post, pairsCounted, gain, items, scales, evaluationsCounted } = facts.learning
    const percent = (value: number | null) =>
      value === null ? '—' : t('report.percent', { value: number(value, lang) })
    const blocks: Block[] = []
    if (items.length > 0 && pre.counted + post.counted > 0) {
      blocks.push(
        { kind: 'heading', text: t('report.tests') },
        {
          kind: 'paragraph',
          text: t('report.testsLine', {
            before: percent(pre.percent),
            after: percent(post.percent),
            pairs: pairsCounted,
            gain: gain === null ? '—' : number(gain, lang),
          }),
        },
        {
          kind: 'table',
          head: [t('report.item'), t('report.before'), t('report.after')],
          rows: items.map(({ prompt, before, after }) => [
            pick(prompt),
            percent(before),
            percent(after),
          ]),
        },
      )
    }
    if (evaluationsCounted > 0) {
      blocks.push(
        { kind: 'heading', text: t('report.evaluation', { count: evaluationsCounted }) },
        {
          kind: 'table',
          head: [t('report.scale'), t('report.mean')],
          rows: scales.map(({ scale, mean }) => [
            t(`report.scales.${scale}`),
            mean === null ? '—' : number(mean, lang),
          ]),
        },
      )
    }
    return blocks
  }
}

function cadreOf(key: string): Cadre {
  return CADRES.find((cadre) => cadre === key) ?? 'other'
}
