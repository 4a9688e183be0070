import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { useLater } from '../../lib/later'
import { newClientKey } from '../discussions/client-key'
import { ProblemLine } from './panels/problem-line'
import { useDoing } from './panels/use-doing'
import { useRoomState } from './room-context'

const loadPulse = () => import('./panels/pulse')

/**
 * Signs that one gives without words: a raised hand, the pulse. It stays on the page whatever part is
 * open, for it knows what has been given.
 *
 * @param isShown on a phone; beside the slides it always is
 */
export function SignsBar({ isShown }: { isShown: boolean }) {
  const { t } = useTranslation('room')
  const { hands, me, status, unsent, staff } = useRoomState()
  const doing = useDoing()
  const isLive = status === 'live'
  // whoever runs the room neither gives it nor sees it here
  const Pulse = useLater(loadPulse, isLive && !staff)
  if (!isLive) return null
  const asked = unsent.find(({ act, refused }) => act.act === 'raise_hand' && refused === null)?.act
  const hand = hands.find(({ by }) => by?.id === me.id)
  const isUp = asked?.act === 'raise_hand' ? asked.on : hand !== undefined
  const isSpeaking = isUp && hand?.state === 'speaking'
  const place = hands.filter(({ state }) => state === 'up').findIndex(({ by }) => by?.id === me.id)
  return (
    <div
      className={`${isShown ? '' : 'hidden rail:block'} sticky bottom-(--room-bar) z-10 border-y border-line bg-surface px-2.5 py-1.5 rail:static rail:col-start-2 rail:row-start-2 rail:border-t-0 rail:border-l rail:px-4 [@media(scripting:none)]:hidden`}
    >
      <div className="flex flex-wrap items-center gap-1.5">
        <Button
          type="button"
          look="quiet"
          className={`px-1.5! text-[13px] sheet:px-3! ${isUp ? 'border-accent! bg-accent-wash! text-accent!' : ''}`}
          onClick={() =>
            void doing.run({ act: 'raise_hand', on: !isUp, clientKey: newClientKey() })
          }
        >
          {isSpeaking ? t('hands.finish') : isUp ? t('hands.down') : t('hands.raise')}
        </Button>
        {Pulse && <Pulse.PulseButtons />}
      </div>
      {Pulse && <Pulse.PulseLine />}
      {/* the news tells it to the ear, whatever part is open */}
      {isSpeaking && <p className="mt-1 text-[13px] font-semibold">{t('hands.yourTurn')}</p>}
      <p role="status" className="mt-1 text-[13px] text-ink-2 empty:hidden">
        {place >= 0 && isUp && t('hands.place', { count: place + 1 })}
      </p>
      <ProblemLine code={doing.problem} />
    </div>
  )
}
