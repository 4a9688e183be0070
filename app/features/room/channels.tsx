import { useTranslation } from 'react-i18next'
import { Card } from '../../components/card'
import { InLanguage } from '../../components/localized-title'
import { useRoomState } from './room-context'

/** Sound and picture by a link for each language, for whoever's line carries them. Never needed. */
export function Channels() {
  const { t } = useTranslation('room')
  const { workshop } = useRoomState()
  const open = workshop.channels.filter(({ url }) => url !== null)
  const hasSound = open.length > 0 || workshop.phone !== ''
  const { recordingConsent: consent } = workshop
  const hasConsent = Boolean(consent.en || consent.ru)
  if (!hasSound && !hasConsent) return null
  return (
    <Card title={t(hasSound ? 'channels.title' : 'channels.consent')} id="channels">
      {hasSound && <p className="text-[13px] text-ink-2">{t('channels.hint')}</p>}
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
      {/* those who are heard there know of a recording before they go there */}
      {hasConsent && (
        <div className={hasSound ? 'mt-3 border-t border-line pt-3' : ''}>
          {hasSound && <h3 className="text-[13px]">{t('channels.consent')}</h3>}
          <p className="max-w-[64ch] whitespace-pre-line text-[13px] [overflow-wrap:anywhere]">
            <InLanguage text={consent} />
          </p>
        </div>
      )}
    </Card>
  )
}
