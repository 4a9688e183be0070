import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { newClientKey } from '../discussions/client-key'
import { ProblemLine } from './panels/problem-line'
import { PulseButtons } from './panels/pulse'
import { useDoing } from './panels/use-doing'
import { useRoomState } from './room-context'

/** Signs that one gives without words: a raised hand, the pulse. */
export function SignsBar() {
  const { t } = useTranslation('room')
  const { hands, me, may, status, unsent, staff } = useRoomState()
  const doing = useDoing()
  if (!may.speak || status !== 'live') return null
  const asked = unsent.find(({ act, refused }) => act.act === 'raise_hand' && refused === null)?.act
  const hand = hands.find(({ by }) => by?.id === me.id)
  const isUp = asked?.act === 'raise_hand' ? asked.on : hand !== undefined
  const place = hands.filter(({ state }) => state === 'up').findIndex(({ by }) => by?.id === me.id)
  return (
    <div className="rounded-card border border-line bg-surface px-4 py-2.5 rail:rounded-none rail:border-x-0 rail:border-t-0 [@media(scripting:none)]:hidden">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="button"
          look="quiet"
          aria-pressed={isUp}
          className="min-h-10 aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent"
          onClick={() =>
            void doing.run({ act: 'raise_hand', on: !isUp, clientKey: newClientKey() })
          }
        >
          {isUp ? t('hands.down') : t('hands.raise')}
        </Button>
        {!staff && <PulseButtons />}
      </div>
      <p role="status" className="mt-1 text-[13px] text-ink-2 empty:hidden">
        {hand?.state === 'speaking' && t('hands.yourTurn')}
        {place >= 0 && isUp && t('hands.place', { count: place + 1 })}
      </p>
      <ProblemLine code={doing.problem} />
    </div>
  )
}
