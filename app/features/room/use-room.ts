import { useNavigate, useRevalidator } from '@remix-run/react'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { ErrorCode } from '../../../shared/errors'
import type { AttendeeView, PulseView, RoomPage } from '../../../shared/room-views'
import type { RoomAct } from '../../../shared/schemas/workshop-room'
import { isOk } from '../../lib/ask'
import { useGapWatch } from '../../lib/gap-watch'
import { useLatest } from '../../lib/live'
import { type RoomHere, type RoomWaiting, useWorkshopRoom } from '../../lib/live-room'
import { keepSending, UnsentBook } from '../../lib/unsent-book'
import { useVisitor } from '../../lib/visitor'
import {
  type ActAnswer,
  isKept,
  isTalking,
  type KeptAct,
  keyOfAct,
  type UnsentAct,
} from './room-acts'
import { RoomOutbox } from './room-outbox'
import { type RoomState, RoomStore } from './room-store'
import { getEarlier, getEarlierTalk, postAct } from './room-wire'
import { UnsentActs } from './unsent-acts'
import { useSaver } from './use-saver'

/** One room, live: what it shows and what can be done in it. */
export type Room = RoomState & {
  workshop: RoomPage['workshop']
  me: AttendeeView
  staff: boolean
  may: RoomPage['may']
  /**
   * Do something. Talking (`isKept`) waits for the line when it is away, and is found in `unsent` until
   * the server has it; everything else happens now or is said not to have happened.
   */
  act: (act: RoomAct) => Promise<ActAnswer>
  /** The same for talk that its form lets go of at once: a refusal stays in `unsent`. */
  leave: (act: KeptAct) => void
  /** A refused act, once more as it is. */
  retry: (key: string) => void
  /** Other words in a refused act, or that it goes as it is. */
  amend: (key: string, part: Readonly<Record<string, string>>) => void
  /** An unsent act back into its form, or thrown away. */
  takeBack: (key: string) => UnsentAct | undefined
  /** Turn everybody's page; seen here at once. `null` takes the slides away. */
  showSlide: (slide: { deckId: string; page: number; pages: number } | null) => Promise<ActAnswer>
  showEarlier: () => Promise<boolean>
  /** The same of what was said in the reader's groups. */
  showEarlierTalk: () => Promise<boolean>
  /** Is there a line to the server, and if it was lost: since when (milliseconds by this device)? */
  connected: boolean
  awaySince: number | null
  /** The room is closed to the reader, and why. */
  refused: ErrorCode | null
  /** Who is in the room; null until known. */
  here: RoomHere | null
  /** To facilitators alone; null until known. */
  pulse: PulseView | null
  /** Who is to be let in: how many, and the first so many. */
  waiting: RoomWaiting
  /** How often the text of a live document was new since the page came, by its id. */
  notes: ReadonlyMap<string, number>
  /** Milliseconds since 1970 by the server's clock; timers are set by it. */
  now: () => number
  /** Nothing that is large comes by itself. */
  saver: boolean
  setSaver: (on: boolean) => void
}

/**
 * Opens a room on the page, from what its loader has.
 *
 * @param showsPeople a part is open that shows who is there: told then also where bytes are dear
 */
export function useRoom(page: RoomPage, showsPeople: boolean): Room {
  const { id } = page.workshop
  const [store] = useState(() => new RoomStore(page))
  const state = useSyncExternalStore(store.subscribe, store.read, store.read)
  useEffect(() => store.reload(page), [store, page])
  const [me, setMe] = useState(page.me)
  useEffect(() => setMe(page.me), [page])
  const outbox = useOutbox(store, id, page.me)
  const [facts, setFacts] = useState<Facts>(NO_FACTS)
  const note = (news: Partial<Facts>) => setFacts((known) => ({ ...known, ...news }))
  const clock = useServerClock(page.now)
  const revalidator = useRevalidator()
  const navigate = useNavigate()

  const [saver, setSaver] = useSaver()
  const wantsHere = !saver || showsPeople

  const { connected, askAgain } = useWorkshopRoom(id, {
    rev: () => store.rev,
    wantsHere: () => wantsHere,
    onCaughtUp(missed) {
      store.catchUp(missed)
      clock.set(missed.now)
      setMe(missed.me)
      note({ refused: null })
    },
    onItem: (item) => store.hear(item),
    onTallies: (tallies) => store.hearTallies(tallies),
    onStatus: (status, roomRev) => store.hearStatus(status, roomRev),
    onTests: (open) => store.hearTests(open),
    onMine: (mine) => store.hearMine(mine),
    onHere: (here) => note({ here }),
    onPulse: (pulse) => note({ pulse }),
    onWaiting: (waiting) => note({ waiting }),
    onDoor: () => revalidator.revalidate(),
    onNotes: (protocolId) =>
      setFacts(({ notes, ...known }) => ({
        ...known,
        notes: new Map(notes).set(protocolId, (notes.get(protocolId) ?? 0) + 1),
      })),
    onRefused(refused) {
      if (refused === 'in_waiting_room') navigate(`/workshops/${id}/waiting`)
      else note({ refused })
    },
  })
  useGapWatch(store, askAgain)
  useChanged(wantsHere, askAgain)
  const awaySince = useAwaySince(connected)
  useEffect(() => {
    if (connected) outbox.current?.wake()
  }, [connected, outbox])

  const actions = useMemo(() => actionsOn(store, id, outbox), [store, id, outbox])
  return {
    ...state,
    ...facts,
    // what is not told any more would soon be wrong
    here: wantsHere ? facts.here : null,
    // nobody is let in any more
    waiting: isTalking(state.status) ? facts.waiting : NOBODY,
    ...actions,
    workshop: page.workshop,
    staff: page.staff,
    may: page.may,
    me,
    connected,
    awaySince,
    now: clock.now,
    saver,
    setSaver,
  }
}

type Facts = Pick<Room, 'here' | 'pulse' | 'waiting' | 'notes' | 'refused'>
const NOBODY: RoomWaiting = { count: 0, people: [] }
const NO_FACTS: Facts = {
  here: null,
  pulse: null,
  waiting: NOBODY,
  notes: new Map(),
  refused: null,
}

function actionsOn(store: RoomStore, id: string, outbox: { current: RoomOutbox | null }) {
  async function act(act: RoomAct): Promise<ActAnswer> {
    if (isKept(act)) return outbox.current?.send(unsentOf(act)) ?? 'unreachable'
    const answer = await postAct(id, act)
    if (isOk(answer) && answer.ok) store.hear(answer.ok)
    return answer
  }
  // of several pages turned quickly the last one is meant: the others are not even sent
  let turning: Promise<ActAnswer> | null = null
  let wanted = 0
  return {
    act,
    leave: (act: KeptAct) => outbox.current?.leave(unsentOf(act)),
    async showSlide(slide: Parameters<Room['showSlide']>[0]): Promise<ActAnswer> {
      wanted += 1
      const mine = wanted
      store.expectSlide(slide)
      if (turning) await turning
      if (mine !== wanted) return { ok: null }
      turning = act(
        slide
          ? { act: 'show_slide', deck: slide.deckId, page: slide.page }
          : { act: 'hide_slides' },
      )
      const answer = await turning
      turning = null
      if (mine === wanted) store.expectSlide(undefined)
      return answer
    },
    retry(key: string) {
      store.retry(key)
      outbox.current?.wake()
    },
    amend: (key: string, part: Readonly<Record<string, string>>) => store.amend(key, part),
    takeBack: (key: string) => store.drop(key),
    async showEarlier() {
      const before = store.read().messages[0]?.born ?? 0
      const answer = await getEarlier(id, before)
      if (!isOk(answer)) return false
      store.addEarlier(answer.ok)
      return true
    },
    async showEarlierTalk() {
      const before = store.read().talk[0]?.born ?? 0
      const answer = await getEarlierTalk(id, before)
      if (!isOk(answer)) return false
      store.addEarlierTalk(answer.ok.messages, answer.ok.earlier)
      return true
    },
  }
}

function unsentOf(act: KeptAct): UnsentAct {
  return { key: keyOfAct(act), act, writtenAt: new Date().toISOString(), refused: null }
}

/** Sends what is unsent, now and after every gap; keeps it in the tab until it is sent. */
function useOutbox(store: RoomStore, workshopId: string, me: AttendeeView) {
  const outbox = useRef<RoomOutbox | null>(null)
  const { sharedComputer } = useVisitor()
  const owner = me.userId ?? me.id
  useEffect(() => {
    const book = new UnsentBook(UnsentActs, owner, workshopId, sharedComputer)
    const made = new RoomOutbox(store, ({ act }) => postAct(workshopId, act))
    outbox.current = made
    return keepSending(store, book, made)
  }, [store, workshopId, owner, sharedComputer])
  return outbox
}

/** The server's clock on this device, whose own may be wrong. */
function useServerClock(served: string) {
  const offset = useRef<number | null>(null)
  const [clock] = useState(() => ({
    set(now: string) {
      offset.current = Date.parse(now) - Date.now()
    },
    // before the page lives, server and browser show the same moment
    now: () => (offset.current === null ? Date.parse(served) : Date.now() + offset.current),
  }))
  useEffect(() => clock.set(served), [clock, served])
  return clock
}

/** Told of every other value than the first. */
function useChanged(value: boolean, tell: () => void): void {
  const latest = useLatest(tell)
  const known = useRef(value)
  useEffect(() => {
    if (known.current === value) return
    known.current = value
    latest.current()
  }, [value, latest])
}

/** When the line was lost; null while there is one, or before the first. */
function useAwaySince(connected: boolean): number | null {
  const [since, setSince] = useState<number | null>(null)
  const was = useRef(false)
  useEffect(() => {
    if (connected) setSince(null)
    else if (was.current) setSince(Date.now())
    was.current = connected
  }, [connected])
  return since
}
