import { useTranslation } from 'react-i18next'
import type { Services } from '../../../server/services'
import { Card } from '../../components/card'

export type ReportFacts = Awaited<ReturnType<Services['reports']['readReport']>>['facts']

/** What the report counts by itself. */
export function ReportFactsCard({ facts }: { facts: ReportFacts }) {
  const { t } = useTranslation('workshop-after')
  const { attendance, questions, learning, tasks } = facts
  const rows: readonly (readonly [string, string])[] = [
    [
      t('facts.people'),
      t('facts.peopleOf', { people: attendance.people, enough: attendance.enough }),
    ],
    [t('facts.questions'), t('facts.questionsOf', questions)],
    [t('facts.tasks'), String(tasks)],
    ...(learning.pre.percent !== null && learning.post.percent !== null
      ? [
          [
            t('facts.tests'),
            t('facts.testsOf', { before: learning.pre.percent, after: learning.post.percent }),
          ] as const,
        ]
      : []),
  ]
  return (
    <Card id="facts" title={t('facts.title')}>
      <dl className="grid gap-x-6 gap-y-1 sheet:grid-cols-[auto_1fr]">
        {rows.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-2">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
