import type { ErrorCode } from '../../../shared/errors'
import type {
  CaseView,
  GroupMessageView,
  GroupView,
  HandView,
  MessageView,
  OwnMarks,
  PollView,
  QuestionView,
  RoomCaughtUp,
  RoomItemView,
  RoomPage,
  StageView,
  TallyView,
} from '../../../shared/room-views'
import type { TestPhase, WorkshopStatus } from '../../../shared/workshops'
import { KnownChanges } from '../../lib/known-changes'
import { withUnsent, withUpvote, withVote } from './own-marks'
import type { KeptAct, UnsentAct } from './room-acts'
import { firstOf, ofKind } from './room-items'

/** What a page knows of a room, each kind in the order in which it began. */
export type RoomState = {
  stage: StageView | null
  messages: readonly MessageView[]
  questions: readonly QuestionView[]
  polls: readonly PollView[]
  /** Hands that are up or speaking; those that went down are gone. */
  hands: readonly HandView[]
  groups: readonly GroupView[]
  /** What was said in the groups that the reader hears, and how much there is before. */
  talk: readonly GroupMessageView[]
  earlierTalk: number
  cases: readonly CaseView[]
  /** Votes of a question, answers of a poll, by its id. */
  tallies: ReadonlyMap<string, number>
  /** The reader's own votes and answers, those on their way among them. */
  mine: OwnMarks
  unsent: readonly UnsentAct[]
  /** Messages before the first one shown. */
  earlier: number
  status: WorkshopStatus
  /** Tests that take answers now. */
  tests: readonly TestPhase[]
}

/**
 * What one page knows of a room. Items come by the page's load, as facts, by catching up and as answers
 * to one's own acts, in any order and more than once: each has the room's number, and the larger one
 * wins. So the page ends up as a fresh load would show it.
 */
export class RoomStore {
  /** The newest known form of every item; messages before the stretch shown among them. */
  readonly #known = new Map<string, RoomItemView>()
  readonly #tallies = new Map<string, TallyView>()
  readonly #hearers = new Set<() => void>()
  #mine: OwnMarks
  #unsent: readonly UnsentAct[] = []
  #status: WorkshopStatus
  #tests: readonly TestPhase[]
  readonly #changes: KnownChanges
  #staff: boolean
  /** Where the first message shown began. */
  #first: number
  #earlier: number
  #earlierTalk: number
  /** A slide that the reader has just shown to everybody, until the server says so too. */
  #slide: StageView['slide'] | undefined
  #state: RoomState

  constructor(page: RoomPage) {
    this.#mine = page.mine
    this.#status = page.status
    this.#tests = page.tests
    this.#changes = new KnownChanges(page.rev)
    this.#staff = page.staff
    this.#first = firstOf(page)
    this.#earlier = page.earlier
    this.#earlierTalk = page.earlierTalk
    this.#read(page)
    this.#state = this.#show()
  }

  readonly read = (): RoomState => this.#state

  readonly subscribe = (hear: () => void): (() => void) => {
    this.#hearers.add(hear)
    return () => {
      this.#hearers.delete(hear)
    }
  }

  /** Everything up to this number is known: catching up starts after it. */
  get rev(): number {
    return this.#changes.rev
  }

  /** A change was heard whose predecessor was not: a fact got lost. */
  get hasGap(): boolean {
    return this.#changes.hasGap
  }

  /** A fact, or the server's answer to an act of one's own. */
  hear(item: RoomItemView): void {
    this.#keep(item)
    this.#changes.hear(item.rev)
    this.#tell()
  }

  hearTallies(tallies: readonly TallyView[]): void {
    for (const tally of tallies) this.#count(tally)
    this.#tell()
  }

  /** @param roomRev the room's number by then: what is missing up to it is asked for */
  hearStatus(status: WorkshopStatus, roomRev: number): void {
    this.#status = status
    this.#changes.expect(roomRev)
    this.#tell()
  }

  hearTests(open: readonly TestPhase[]): void {
    this.#tests = open
    this.#tell()
  }

  /** The reader's own answers and votes as the server has them; one may be from another tab. */
  hearMine(mine: OwnMarks): void {
    this.#mine = mine
    this.#tell()
  }

  /** What was missed after `rev`. */
  catchUp({ items, rev, tallies, mine, status, tests }: RoomCaughtUp): void {
    this.#read({ items, tallies })
    this.#mine = mine
    this.#status = status
    this.#tests = tests
    this.#changes.reach(rev)
    this.#tell()
  }

  /** The page was loaded again; perhaps for somebody whose part in the room has changed. */
  reload(page: RoomPage): void {
    const from = firstOf(page)
    const isOther = page.staff !== this.#staff
    // what one may see has changed with no number of the room: nothing kept from before counts
    if (isOther) this.#known.clear()
    this.#staff = page.staff
    // so much was missed that the two stretches do not meet: the newer one is the page
    if (isOther || (from > this.#changes.rev + 1 && page.earlier > 0)) {
      this.#first = from
      this.#earlier = page.earlier
    }
    const told = new Set(page.items.map(({ id }) => id))
    for (const { id, kind, rev } of [...this.#known.values()]) {
      // the page has everything but older messages: what it leaves out is over, such as a hand
      if (kind !== 'message' && rev <= page.rev && !told.has(id)) this.#known.delete(id)
    }
    this.#earlierTalk = page.earlierTalk
    this.#read(page)
    // a page that was read before what is known by now says nothing new of these
    if (page.rev >= this.#changes.rev) {
      this.#mine = page.mine
      this.#status = page.status
      this.#tests = page.tests
    }
    // of messages before the stretch just loaded it says nothing new
    if (from <= this.#first) this.#changes.reach(page.rev)
    this.#tell()
  }

  /** Messages before the first one shown. */
  addEarlier({ messages, earlier }: { messages: readonly MessageView[]; earlier: number }): void {
    for (const message of messages) this.#keep(message)
    const from = Math.min(...messages.map(({ born }) => born))
    if (from < this.#first) {
      this.#first = from
      this.#earlier = earlier
    }
    if (messages.length === 0) this.#earlier = 0
    this.#tell()
  }

  /** What was said in the reader's groups before the first of it shown. */
  addEarlierTalk(items: readonly GroupMessageView[], earlier: number): void {
    this.#read({ items, tallies: [] })
    this.#earlierTalk = earlier
    this.#tell()
  }

  /** The presenter turns the page: seen at once, true when the server says so. */
  expectSlide(slide: StageView['slide'] | undefined): void {
    this.#slide = slide
    this.#tell()
  }

  /** An act of one's own sets out; an earlier one with the same key is meant no more. */
  send(act: UnsentAct): void {
    this.#unsent = [...this.#unsent.filter(({ key }) => key !== act.key), act]
    this.#tell()
  }

  /** Acts found on the device after a reload; those the server has by now are let go. */
  restore(acts: readonly UnsentAct[]): void {
    const keys = new Set(this.#unsent.map(({ key }) => key))
    this.#unsent = [...acts.filter(({ key }) => !keys.has(key)), ...this.#unsent]
    this.#tell()
  }

  /** The server has it; unless another wish with the same key has been made since. */
  settle(sent: UnsentAct): void {
    const { act } = sent
    if (act.act === 'vote') this.#mine = withVote(this.#mine, act)
    if (act.act === 'upvote') this.#mine = withUpvote(this.#mine, act)
    this.#unsent = this.#unsent.filter((each) => each !== sent)
    this.#tell()
  }

  /** The server said no; what was written stays where it is. */
  refuse(sent: UnsentAct, refused: ErrorCode): void {
    this.#change((each) => (each === sent ? { ...sent, refused } : each))
  }

  retry(key: string): void {
    this.#change((each) => (each.key === key ? { ...each, refused: null } : each))
  }

  /** What its author answered when they were asked about it: other words, or that it goes as it is. */
  amend(key: string, part: Readonly<Record<string, string>>): void {
    const amended = (act: KeptAct): KeptAct => Object.assign({}, act, part)
    this.#change((each) => (each.key === key ? { ...each, act: amended(each.act) } : each))
  }

  /** Taken back into its form, or thrown away. */
  drop(key: string): UnsentAct | undefined {
    const dropped = this.#unsent.find((act) => act.key === key)
    this.#unsent = this.#unsent.filter((act) => act !== dropped)
    this.#tell()
    return dropped
  }

  #change(to: (unsent: UnsentAct) => UnsentAct): void {
    this.#unsent = this.#unsent.map(to)
    this.#tell()
  }

  #read({ items, tallies }: Pick<RoomCaughtUp, 'items' | 'tallies'>): void {
    for (const item of items) this.#keep(item)
    for (const tally of tallies) this.#count(tally)
  }

  #keep(item: RoomItemView): void {
    const known = this.#known.get(item.id)
    if (!known || item.rev >= known.rev) this.#known.set(item.id, item)
  }

  #count(tally: TallyView): void {
    const known = this.#tallies.get(tally.id)
    if (!known || tally.rev >= known.rev) this.#tallies.set(tally.id, tally)
  }

  #tell(): void {
    this.#state = this.#show()
    for (const hear of this.#hearers) hear()
  }

  #show(): RoomState {
    const known = [...this.#known.values()].sort((one, other) => one.born - other.born)
    const stored = new Set(known.flatMap((item) => ('clientKey' in item ? [item.clientKey] : [])))
    if (this.#unsent.some(({ key }) => stored.has(key))) {
      this.#unsent = this.#unsent.filter(({ key }) => !stored.has(key))
    }
    const stage = ofKind(known, 'stage').at(-1) ?? null
    return {
      stage: stage && this.#slide !== undefined ? { ...stage, slide: this.#slide } : stage,
      messages: ofKind(known, 'message').filter(({ born }) => born >= this.#first),
      questions: ofKind(known, 'question'),
      polls: ofKind(known, 'poll'),
      hands: ofKind(known, 'hand').filter(({ state }) => state !== 'down'),
      groups: ofKind(known, 'group'),
      talk: ofKind(known, 'group_message'),
      earlierTalk: this.#earlierTalk,
      cases: ofKind(known, 'case'),
      tallies: new Map([...this.#tallies.values()].map(({ id, count }) => [id, count])),
      mine: withUnsent(this.#mine, this.#unsent),
      unsent: this.#unsent,
      earlier: this.#earlier,
      status: this.#status,
      tests: this.#tests,
    }
  }
}
