import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useRoomState } from './room-context'

/** How the line is and where one's own words are, in words. Nothing is claimed before there is a line. */
export function LineStatus() {
  const { t } = useTranslation(['room', 'errors'])
  const format = useFormat()
  const { connected, awaySince, refused, unsent, saver } = useRoomState()
  const isOffline = useOffline()
  const waiting = unsent.filter((each) => each.refused === null).length
  const since = awaySince === null ? '' : format.time(new Date(awaySince).toISOString())
  function wordOf() {
    if (refused) return 'refused'
    if (isOffline) return 'offline'
    if (awaySince !== null) return 'away'
    if (!connected) return 'opening'
    return waiting > 0 ? 'sending' : 'here'
  }
  const word = wordOf()
  const words = {
    refused: () => t(`errors:${refused ?? 'unexpected'}`),
    offline: () => t('line.offline'),
    away: () => t('line.away', { time: since }),
    opening: () => t('line.opening'),
    sending: () => t('line.sending', { count: waiting }),
    here: () => (saver ? t('line.hereSaver') : t('line.here')),
  }
  const isTrouble = word === 'refused' || word === 'offline' || word === 'away'
  return (
    <p
      role="status"
      data-line={word}
      className={`mt-1.5 text-[13px] ${isTrouble ? '-mx-1 rounded-md bg-drift-wash px-2 py-1 font-medium text-ink' : 'text-ink-2'} [@media(scripting:none)]:hidden`}
    >
      {words[word]()}
      {isTrouble && waiting > 0 && ` ${t('line.waits', { count: waiting })}`}
    </p>
  )
}

/** The device says that it has no line at all. */
function useOffline(): boolean {
  const [offline, setOffline] = useState(false)
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine)
    look()
    window.addEventListener('online', look)
    window.addEventListener('offline', look)
    return () => {
      window.removeEventListener('online', look)
      window.removeEventListener('offline', look)
    }
  }, [])
  return offline
}
