import { useCallback, useContext, useEffect, useState } from 'react'
import type { PresenceIdentity } from '../../../../shared/collab/wire'
import type { Language } from '../../../../shared/languages'
import { usePartnershipFacts } from '../../../lib/live'
import { usePartnership } from '../../../lib/partnership'
import { useVisitor } from '../../../lib/visitor'
import type { OpenedProtocol } from '../open-protocol'
import { PageLiveContext } from '../page-live'
import type { OpenDocument } from '../provider/open-document'
import { createProtocolRoom, type ProtocolRoom, type RoomRefusal } from '../provider/protocol-room'
import { listRescued, type Rescued } from '../provider/rescued-shelf'
import { useSyncStatus } from '../provider/use-sync-status'
import { presentPeople } from './caret'
import { LiveText } from './live-text'
import { RefusedNotice } from './refused-notice'

type Props = { opened: OpenedProtocol; slug: string; shown: Language }

/**
 * The live document behind a protocol's page: opens it, keeps the head of the page true, and after a
 * refusal opens it afresh with the words that were not taken laid aside.
 */
export default function LiveProtocol({ opened, slug, shown }: Props) {
  const store = useContext(PageLiveContext)
  const [room, setRoom] = useState<ProtocolRoom>()
  const [document, setDocument] = useState<OpenDocument>()
  const [refusal, setRefusal] = useState<RoomRefusal>()
  const [rescued, setRescued] = useState<readonly Rescued[]>([])
  const { protocol, me, may } = opened
  // of somebody whose part was changed while the page was open
  const [isReader, setIsReader] = useState(false)
  const userId = me?.userId ?? ''
  const { sharedComputer } = useVisitor()

  useEffect(() => {
    const room = createProtocolRoom({
      protocolId: protocol.id,
      userId,
      caret: may.cursor,
      sharedComputer,
    })
    let left = false
    const showOpen = () => setDocument(room.getSnapshot())
    const forget = room.subscribe(showOpen)
    room.on('refused', (refused) => {
      setRefusal(refused)
      // it opens again as a text to be read: nothing more is typed that would be refused
      if (refused.reason === 'forbidden') setIsReader(true)
      const { rescue } = refused
      if (rescue) setRescued((before) => [...before, rescue])
      if (!refused.final && refused.reason !== 'unauthenticated') {
        store.update({ ready: false })
        room.reopen()
      }
    })
    setRoom(room)
    showOpen()
    // words of an earlier visit that were never taken back
    if (!sharedComputer) {
      listRescued(userId, protocol.id).then((found) => {
        if (!left) setRescued((now) => [...found.filter(({ id }) => !isIn(now, id)), ...now])
      })
    }
    return () => {
      left = true
      forget()
      setRoom(undefined)
      setDocument(undefined)
      store.update({ ready: false, sync: null, counts: null, people: [] })
      room.destroy()
    }
  }, [store, protocol.id, userId, may.cursor, sharedComputer])

  usePartnershipFacts(usePartnership()?.partnership.id, {
    onProtocolChanged: ({ protocolId, title }) => {
      if (protocolId === protocol.id) store.update({ title })
    },
    onRejoined: () => {},
  })

  const discard = useCallback(
    (taken: Rescued) => {
      room?.discard(taken)
      setRescued((before) => before.filter(({ id }) => id !== taken.id))
      setRefusal((now) => (now?.rescue?.id === taken.id ? undefined : now))
    },
    [room],
  )
  // the server refuses again if it is still nobody, or somebody else
  const goOn = useCallback(() => {
    setRefusal(undefined)
    room?.reopen()
  }, [room])
  if (!room || !document || !me) return null
  return (
    <>
      <SyncToHead document={document} me={me} />
      <RefusedNotice refusal={refusal} rescued={rescued} onDiscard={discard} onSignedIn={goOn} />
      <LiveText
        key={document.doc.clientID}
        document={document}
        opened={isReader ? asReader(opened) : opened}
        slug={slug}
        shown={shown}
        ended={refusal?.final === true}
      />
    </>
  )
}

/** The page as it is for those who read along. */
function asReader(opened: Props['opened']): Props['opened'] {
  return { ...opened, may: { ...opened.may, write: false, markInSync: false } }
}

function isIn(rescued: readonly Rescued[], id: string): boolean {
  return rescued.some((each) => each.id === id)
}

/** Status and faces in the head of the page. */
function SyncToHead({ document, me }: { document: OpenDocument; me: PresenceIdentity }) {
  const store = useContext(PageLiveContext)
  const sync = useSyncStatus(document)
  useEffect(() => store.update({ sync }), [store, sync])
  useEffect(() => {
    const { awareness } = document
    let signature = ''
    const show = () => {
      const people = presentPeople(awareness, me)
      const next = people.map(({ userId }) => userId).join()
      if (next !== signature) store.update({ people })
      signature = next
    }
    awareness.on('change', show)
    show()
    return () => awareness.off('change', show)
  }, [store, document, me])
  return null
}
