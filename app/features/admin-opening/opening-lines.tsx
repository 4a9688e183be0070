import { useTranslation } from 'react-i18next'
import type { AdminOpeningView } from '../../../shared/views'
import { Card } from '../../components/card'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { useFormat } from '../../lib/format'

/** To the members: who of the programme looked at their content, when, and why. */
export function OpeningLines({ openings }: { openings: readonly AdminOpeningView[] }) {
  const { t } = useTranslation('partnerships')
  if (openings.length === 0) return null
  return (
    <Card title={t('opened.title')} id="opened-title">
      <ul className="grid gap-3">
        {openings.map((opening) => (
          <li key={opening.id} className="border-t border-line pt-3 first:border-t-0 first:pt-0">
            <Opening {...opening} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Opening({ by, reason, at, until, minutes, isOpen }: AdminOpeningView) {
  const { t } = useTranslation(['partnerships', 'common'])
  const format = useFormat()
  const who = by ? <ShortName name={by} /> : t('common:role.programmeAdmin')
  return (
    <>
      <p className="text-[13px] text-ink-2">
        {isOpen ? (
          <Sentence
            say={(part) =>
              t('opened.now', { who: part('who'), until: part('until'), count: minutes })
            }
            parts={{ who, until: <time dateTime={until}>{format.time(until)}</time> }}
          />
        ) : (
          <Sentence
            say={(part) => t('opened.past', { who: part('who'), at: part('at'), count: minutes })}
            parts={{ who, at: <time dateTime={at}>{format.dateTime(at)}</time> }}
          />
        )}
      </p>
      <p className="whitespace-pre-line [overflow-wrap:anywhere]">{reason}</p>
    </>
  )
}
