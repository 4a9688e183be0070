import { useTranslation } from 'react-i18next'
import type { LearningResults as Results } from '../../../shared/learning-views'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import { InLanguage } from '../../components/localized-title'
import { useReader } from '../../lib/format'

type Props = { results: Results; fewest: number }

/** Percent before and after, the gain, and each question. */
export function TestResults({ results, fewest }: Props) {
  const { t } = useTranslation('learning')
  const { pre, post, pairs, pairsCounted, gain, items } = results
  const isShown = pre.percent !== null || post.percent !== null
  return (
    <Card id="results" title={t('results.title')}>
      <p className="text-ink-2">{t('results.fewest', { count: fewest })}</p>
      {isShown && (
        <>
          <dl className="mt-3 grid gap-4 sheet:grid-cols-3">
            <Figure name={t('results.before')} of={pre} />
            <Figure name={t('results.after')} of={post} />
            <div>
              <dt className="text-[13px] text-ink-2">{t('results.gain')}</dt>
              <dd className="text-lg font-semibold">
                {gain === null ? t('results.hidden') : t('results.points', { gain: signed(gain) })}
              </dd>
              <dd className="text-[13px] text-ink-2">
                {t('results.pairs', { count: pairs })}
                <Counted all={pairs} counted={pairsCounted} />
              </dd>
            </div>
          </dl>
          <div className="mt-4 overflow-x-auto">
            <ItemTable items={items} />
          </div>
        </>
      )}
    </Card>
  )
}

function Figure({ name, of }: { name: string; of: Results['pre'] }) {
  const { t } = useTranslation('learning')
  return (
    <div>
      <dt className="text-[13px] text-ink-2">{name}</dt>
      <dd className="text-lg font-semibold">
        {of.percent === null ? t('results.hidden') : t('results.percent', { value: of.percent })}
      </dd>
      <dd className="text-[13px] text-ink-2">
        {t('opening.answers', { count: of.answers })}
        <Counted all={of.answers} counted={of.counted} />
      </dd>
    </div>
  )
}

/** How many of the answers are in a figure, where some of them wait. */
function Counted({ all, counted }: { all: number; counted: number }) {
  const { t } = useTranslation('learning')
  return counted > 0 && counted < all ? `, ${t('results.counted', { counted })}` : null
}

function ItemTable({ items }: Pick<Results, 'items'>) {
  const { t } = useTranslation('learning')
  const percent = (value: number | null) =>
    value === null ? t('results.hidden') : t('results.percent', { value })
  return (
    <table className="w-full min-w-[28rem] text-left">
      <caption className="sr-only">{t('results.byItem')}</caption>
      <thead className="text-[13px] text-ink-2">
        <tr>
          <th scope="col" className="py-1.5 pr-4 font-medium">
            {t('results.item')}
          </th>
          <th scope="col" className="py-1.5 pr-4 text-right font-medium">
            {t('results.before')}
          </th>
          <th scope="col" className="py-1.5 text-right font-medium">
            {t('results.after')}
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-y border-line">
        {items.map(({ id, prompt, before, after }) => (
          <tr key={id} className="align-top">
            <th scope="row" className="py-2 pr-4 font-normal">
              <InLanguage text={prompt} className="block" />
              {before !== null && after !== null && after < before && (
                <span className="mt-1 block">
                  <Chip tone="danger">{t('results.worse')}</Chip>
                </span>
              )}
            </th>
            <td className="py-2 pr-4 text-right tabular-nums">{percent(before)}</td>
            <td className="py-2 text-right tabular-nums">{percent(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The mean of each scale of the evaluation. */
export function Scales({ results: { scales, evaluations, evaluationsCounted }, fewest }: Props) {
  const { t } = useTranslation('learning')
  const { lang } = useReader()
  const decimal = new Intl.NumberFormat(lang, { minimumFractionDigits: 1 })
  const received = t('results.evaluations', { count: evaluations })
  if (scales.every(({ mean }) => mean === null)) {
    return (
      <Card id="scales" title={t('results.evaluation')}>
        <p className="text-ink-2">{`${received} ${t('results.fewest', { count: fewest })}`}</p>
      </Card>
    )
  }
  return (
    <Card id="scales" title={t('results.evaluation')}>
      <p className="text-ink-2">{`${received} ${t('results.fewest', { count: fewest })}`}</p>
      {evaluationsCounted < evaluations && (
        <p className="text-ink-2">
          {t('results.evaluationsCounted', { counted: evaluationsCounted })}
        </p>
      )}
      <dl className="mt-3 grid gap-x-6 gap-y-3 sheet:grid-cols-2">
        {scales.map(({ scale, mean, answers }) => (
          <div key={scale} className="flex justify-between gap-4 border-b border-line pb-2">
            <dt>{t(`evaluation.scale.${scale}`)}</dt>
            <dd className="shrink-0 text-right">
              <span className="block font-semibold tabular-nums">
                {mean === null
                  ? t('results.hidden')
                  : t('results.mean', { mean: decimal.format(mean) })}
              </span>
              <span className="block text-[13px] text-ink-2">
                {t('opening.answers', { count: answers })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** With a real minus, and a plus where it is one. */
function signed(points: number): string {
  if (points === 0) return '0'
  return points > 0 ? `+${points}` : `−${-points}`
}
