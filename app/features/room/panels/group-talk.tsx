import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupView } from '../../../../shared/room-views'
import { newClientKey } from '../../discussions/client-key'
import { ChatMessage } from '../chat-message'
import { useDraftName } from '../kept-drafts'
import type { KeptAct } from '../room-acts'
import { useRoomState } from '../room-context'
import { SaidForm } from './said-form'
import { UnsentLines } from './unsent-lines'
import { useDoing } from './use-doing'

/** A screen reader hears so late of what was put into the page, milliseconds. */
const HEARD_MS = 1_000

/** What one group says among themselves: read by those in it and whoever runs the room, also afterwards. */
export function GroupTalk({ group }: { group: GroupView }) {
  const { t } = useTranslation('room-panels')
  const { talk, me, staff, status } = useRoomState()
  const draftName = useDraftName()
  const doing = useDoing()
  const [again, setAgain] = useState<Extract<KeptAct, { act: 'say' }> | null>(null)
  const isPrepending = usePrepending()
  const said = talk.filter(({ groupId }) => groupId === group.id)
  const isOpen = group.open && status === 'live'
  const hears = staff || group.people.some(({ id }) => id === me.id)
  const unsent = (
    <UnsentLines
      of={['say']}
      group={group.id}
      panel="groups"
      onTakeBack={isOpen && hears ? (act) => act.act === 'say' && setAgain(act) : null}
    />
  )
  // what was not sent before they were moved, or called back, is not lost
  if (!hears || (!isOpen && said.length === 0)) return unsent
  const label = t('group.talk', { number: group.number })
  return (
    <section aria-label={label} className="grid gap-2 border-t border-line pt-2">
      {/* what is put before the rest is not new: it is not read out */}
      <div role="log" aria-label={label} aria-live={isPrepending ? 'off' : 'polite'}>
        <ol className="grid gap-2.5">
          {said.map((message) => (
            <ChatMessage key={message.id} message={message} />
          ))}
        </ol>
      </div>
      {unsent}
      {isOpen && (
        <SaidForm
          label={t('group.say')}
          hint={t('group.sayHint')}
          submit={t('group.send')}
          back={again}
          keptAs={draftName(`group ${group.id}`)}
          send={(words) =>
            doing.ask({ act: 'say', group: group.id, ...words, clientKey: newClientKey() })
          }
        />
      )}
    </section>
  )
}

/** What was said before has just come: there is less of it left. */
function usePrepending(): boolean {
  const { earlierTalk } = useRoomState()
  const [heard, setHeard] = useState(earlierTalk)
  useEffect(() => {
    const timer = setTimeout(() => setHeard(earlierTalk), HEARD_MS)
    return () => clearTimeout(timer)
  }, [earlierTalk])
  return heard !== earlierTalk
}
