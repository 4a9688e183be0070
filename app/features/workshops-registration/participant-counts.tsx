import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import type { ParticipantView } from '../../../shared/workshop-views'
import { useReader } from '../../lib/format'
import { scriptOfText } from '../../lib/names'
import { CadreName } from '../people/cadre-name'

/** How many of each profession and institution are registered. */
export function ParticipantCounts({ people }: { people: readonly ParticipantView[] }) {
  const { t } = useTranslation('workshop-registration')
  const { lang } = useReader()
  const cadres = countBy(people, ({ cadre }) => cadre)
  const institutions = countBy(people, ({ institution }) =>
    institution ? pickText(institution, lang).text : null,
  )
  return (
    <div className="grid gap-6 sheet:grid-cols-2">
      <Counts
        id="by-cadre"
        title={t('people.byCadre')}
        counts={cadres}
        nameOf={(cadre) => <CadreName cadre={cadre} />}
      />
      <Counts
        id="by-institution"
        title={t('people.byInstitution')}
        counts={institutions}
        nameOf={(name) => <span lang={scriptOfText(name)}>{name}</span>}
      />
    </div>
  )
}

function Counts({
  id,
  title,
  counts,
  nameOf,
}: {
  id: string
  title: string
  counts: readonly (readonly [string | null, number])[]
  nameOf: (key: string) => ReactNode
}) {
  const { t } = useTranslation('workshop-registration')
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="mb-2">
        {title}
      </h3>
      <dl className="grid gap-1">
        {counts.map(([key, count]) => (
          <div key={key ?? ''} className="flex justify-between gap-4">
            <dt>{key === null ? t('people.notSaid') : nameOf(key)}</dt>
            <dd className="tabular-nums">{count}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The most frequent first. */
function countBy<T>(all: readonly T[], keyOf: (each: T) => string | null) {
  const counts = new Map<string | null, number>()
  for (const each of all) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}
