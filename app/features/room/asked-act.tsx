import { ACKNOWLEDGED } from '../../../shared/patient-data/kinds'
import { AskedWords } from '../privacy/asked-words'
import type { Suspect } from '../privacy/patient-warning'
import type { KeptAct, UnsentAct } from './room-acts'
import { useRoomState } from './room-context'

/** The question about an act that the server has asked about, where it waits for the answer. */
export function AskedAct({
  unsent: { key, act },
  onSend,
}: {
  unsent: UnsentAct
  /** Told before it goes, and the question with it. */
  onSend: () => void
}) {
  const { amend, retry } = useRoomState()
  const send = () => {
    onSend()
    retry(key)
  }
  // of a case it is never taken: nobody needs it there
  const onKeep = () => {
    amend(key, { acknowledged: ACKNOWLEDGED })
    send()
  }
  return (
    <AskedWords
      suspects={suspectsIn(act)}
      onReplace={(name, text) => amend(key, { [name]: text })}
      onKeep={act.act === 'offer_case' ? undefined : onKeep}
      onSend={send}
    />
  )
}

function suspectsIn(act: KeptAct): Suspect[] {
  switch (act.act) {
    case 'say':
    case 'ask':
    case 'vote':
      return [{ name: 'text', text: act.text, lang: act.lang }]
    case 'offer_case':
      return (['setting', 'problem', 'course', 'question'] as const)
        .filter((name) => act[name] !== '')
        .map((name) => ({ name, text: act[name], lang: act.lang }))
    default:
      return []
  }
}
