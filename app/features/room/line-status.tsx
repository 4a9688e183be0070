import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useOffline } from '../../lib/offline'
import { useRoomState } from './room-context'

/** How the line is and where one's own words are. Nothing is claimed before there is a line. */
function useLine() {
  const { connected, awaySince, refused, unsent } = useRoomState()
  const isOffline = useOffline()
  const waiting = unsent.filter((each) => each.refused === null).length
  if (refused) return { word: 'refused', trouble: true, waiting } as const
  if (isOffline) return { word: 'offline', trouble: true, waiting } as const
  if (awaySince !== null) return { word: 'away', trouble: true, waiting } as const
  if (!connected) return { word: 'opening', trouble: false, waiting } as const
  return { word: waiting > 0 ? 'sending' : 'here', trouble: false, waiting } as const
}

/** That all is well, in a word or two; trouble has a line of its own. */
export function LineStatus() {
  const { t } = useTranslation('room')
  const { saver } = useRoomState()
  const { word, trouble, waiting } = useLine()
  if (trouble) return null
  const words = {
    opening: () => t('line.opening'),
    sending: () => t('line.sending', { count: waiting }),
    here: () => (saver ? t('line.hereSaver') : t('line.here')),
  }
  return (
    <p data-line={word} className="text-[13px] text-ink-2 [@media(scripting:none)]:hidden">
      {words[word]()}
    </p>
  )
}

/** That the line is away: in sight wherever one reads, and told to the ear, as its end is; nothing else. */
export function LineTrouble() {
  const { t } = useTranslation(['room', 'errors'])
  const format = useFormat()
  const { awaySince, refused } = useRoomState()
  const { word, trouble, waiting } = useLine()
  const [wasInTrouble, setWas] = useState(false)
  useEffect(() => {
    if (trouble) setWas(true)
  }, [trouble])
  const since = awaySince === null ? '' : format.time(new Date(awaySince).toISOString())
  const words = {
    refused: () => t(`errors:${refused ?? 'unexpected'}`),
    offline: () => t('line.offline'),
    away: () => t('line.away', { time: since }),
  }
  return (
    <div role="status" className="sticky top-0 z-20 print:hidden">
      {trouble ? (
        <p
          data-line={word}
          className="border-b border-drift-line bg-drift-wash px-4 py-1.5 text-[13px] font-medium text-ink sheet:px-7 [@media(scripting:none)]:hidden"
        >
          {words[word]()}
          {waiting > 0 && ` ${t('line.waits', { count: waiting })}`}
        </p>
      ) : (
        wasInTrouble && <span className="sr-only">{t('line.back')}</span>
      )}
    </div>
  )
}
