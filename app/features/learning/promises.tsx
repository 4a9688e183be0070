import { useTranslation } from 'react-i18next'
import type { LearningPage } from '../../../shared/learning-views'
import { PROMISE_OUTCOMES } from '../../../shared/workshops'
import { Card } from '../../components/card'

/** What people mean to change, and what has become of it: in numbers alone. */
export function Promises({ page: { promises, fewest } }: { page: LearningPage }) {
  const { t } = useTranslation('learning')
  const { made, answered } = promises
  return (
    <Card id="promises" title={t('promises.title')}>
      <p className="text-ink-2">{t('promises.lead')}</p>
      <p className="mt-2">
        {made === null
          ? t('promises.hidden', { count: fewest })
          : t('promises.made', { count: made })}
      </p>
      {answered && (
        <ul className="mt-1 grid gap-1">
          {PROMISE_OUTCOMES.map((outcome) => (
            <li key={outcome}>
              {t(`promise.outcome.${outcome}`)}:{' '}
              <span className="font-semibold tabular-nums">{answered[outcome]}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
