import { useTranslation } from 'react-i18next'
import { Card } from '../../components/card'
import { useRoomState } from './room-context'

/** Sound and picture by a link for each language, for whoever's line carries them. Never needed. */
export function Channels() {
  const { t } = useTranslation('room')
  const { workshop } = useRoomState()
  const open = workshop.channels.filter(({ url }) => url !== null)
  if (open.length === 0 && workshop.phone === '') return null
  return (
    <Card title={t('channels.title')} id="channels">
      <p className="text-[13px] text-ink-2">{t('channels.hint')}</p>
      {open.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-2">
          {open.map(({ id, spoken, url }) => (
            <li key={id}>
              <a
                href={url ?? undefined}
                target="_blank"
                rel="noopener noreferrer"
                className="inline-flex min-h-10 items-center rounded-lg border border-line-control bg-surface px-3.5 font-semibold hover:bg-wash"
              >
                {t(`channels.${spoken}`)}
                <span className="sr-only"> {t('channels.newTab')}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {workshop.phone !== '' && (
        <p className="mt-2 text-[13px]">
          {t('channels.phone')} <span className="font-semibold">{workshop.phone}</span>
        </p>
      )}
    </Card>
  )
}
