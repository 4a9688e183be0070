import { useTranslation } from 'react-i18next'
import type { PersonView } from '../../../shared/views'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { useFormat } from '../../lib/format'

type Removed = {
  what: 'post' | 'thread' | 'resource' | 'file' | 'protocol' | 'text'
  by: PersonView | null
  at: string
}

/** That patient data was taken out of a place, by whom and when. */
export function RemovedLine({ what, by, at }: Removed) {
  const { t } = useTranslation('privacy')
  const date = useFormat().dateTime(at)
  return (
    <span className="text-[13px] text-ink-2">
      {by ? (
        <Sentence
          say={(part) => t(`removed.by.${what}`, { name: part('name'), date })}
          parts={{ name: <ShortName name={by.name} /> }}
        />
      ) : (
        t(`removed.on.${what}`, { date })
      )}
    </span>
  )
}

/** The same for everything that was removed on a page, newest first; nothing where nothing was. */
export function RemovedLines({ purges }: { purges: readonly (Removed & { id: string })[] }) {
  const { t } = useTranslation('privacy')
  if (purges.length === 0) return null
  return (
    <ul aria-label={t('removed.list')} className="mt-2 grid list-none gap-0.5">
      {purges.map(({ id, ...purge }) => (
        <li key={id}>
          <RemovedLine {...purge} />
        </li>
      ))}
    </ul>
  )
}
