import { useTranslation } from 'react-i18next'
import type { RoomAct } from '../../../shared/schemas/workshop-room'
import { HiddenName } from '../../components/attendee-name'
import { EmptyState } from '../../components/empty-state'
import { useFocusAfter } from '../../lib/focus-after'
import { LinkButton } from '../discussions/link-button'
import { Somebody } from './panels/byline'
import { ProblemLine } from './panels/problem-line'
import { useDoing } from './panels/use-doing'
import { useRoomState } from './room-context'

/** Who speaks and who waits to, in the order in which the hands went up. */
export function HandsPanel() {
  const { t } = useTranslation('room')
  const { hands, may, me, status } = useRoomState()
  const doing = useDoing()
  const focusAfter = useFocusAfter()
  const inTurn = [...hands].sort(
    (one, other) => Number(other.state === 'speaking') - Number(one.state === 'speaking'),
  )
  const run = (act: RoomAct, hand: string) => {
    focusAfter(`hand-${hand}`, 'hands')
    doing.run(act)
  }
  return (
    <section id="hands" tabIndex={-1} aria-label={t('tab.hands')}>
      {hands.length === 0 && <EmptyState sentence={t('hands.none')} />}
      <ol aria-label={t('hands.queue')} className="grid gap-1 empty:hidden">
        {inTurn.map((hand) => (
          <li
            key={hand.id}
            id={`hand-${hand.id}`}
            tabIndex={-1}
            className={`flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-3 py-1.5 ${hand.state === 'speaking' ? 'bg-accent-wash' : 'bg-paper'}`}
          >
            <Somebody person={hand.by} nobody={t('nobody')} />
            <span className="text-[13px] text-ink-2">
              {hand.state === 'speaking' ? t('hands.speaking') : ''}
              {hand.by?.id === me.id ? ` ${t('hands.you')}` : ''}
            </span>
            {may.facilitate && status === 'live' && (
              <span className="ml-auto flex gap-1">
                {hand.state === 'up' && (
                  <LinkButton
                    tone="accent"
                    onClick={() => run({ act: 'give_floor', item: hand.id }, hand.id)}
                  >
                    {t('hands.give')} <HiddenName of={hand.by} />
                  </LinkButton>
                )}
                <LinkButton onClick={() => run({ act: 'lower_hand', item: hand.id }, hand.id)}>
                  {t('hands.lower')} <HiddenName of={hand.by} />
                </LinkButton>
              </span>
            )}
          </li>
        ))}
      </ol>
      <ProblemLine code={doing.problem} />
    </section>
  )
}
