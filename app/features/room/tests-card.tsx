import { useTranslation } from 'react-i18next'
import { Card } from '../../components/card'
import { useRoomState } from './room-context'

/** The way to a test that is open now; it opens beside the room, which goes on. */
export function TestsCard() {
  const { t } = useTranslation('room')
  const { workshop, tests } = useRoomState()
  if (tests.length === 0) return null
  return (
    <Card title={t('tests.title')} id="tests">
      <p className="text-[13px] text-ink-2">{t('tests.hint')}</p>
      <ul className="mt-2 flex flex-wrap gap-2">
        {tests.map((phase) => (
          <li key={phase}>
            <a
              href={`/workshops/${workshop.id}/test?phase=${phase}`}
              target="_blank"
              rel="noopener"
              className="inline-flex min-h-10 items-center rounded-lg border border-line-control bg-surface px-3.5 font-semibold hover:bg-wash"
            >
              {t(`tests.${phase}`)}
              <span className="sr-only"> {t('channels.newTab')}</span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}
