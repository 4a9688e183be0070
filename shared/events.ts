import type { ErrorCode } from './errors'
import type { LocalizedText } from './languages'
import type {
  AttendeeView,
  OwnMarks,
  PulseView,
  RoomCaughtUp,
  RoomItemView,
  TallyView,
  WaitingView,
} from './room-views'
import type {
  NotificationView,
  PersonName,
  PersonView,
  ReplyView,
  ResourceView,
  ThreadSummary,
  UnitCounts,
} from './views'
import type { WorkshopSummary } from './workshop-views'
import type { TestPhase, WorkshopStatus } from './workshops'

/** A protocol's title, status or counts changed; lists refresh their row from it. */
export type ProtocolChanged = {
  partnershipId: string
  protocolId: string
  title: LocalizedText
  counts: UnitCounts
  editedAt: string
  editedBy: PersonName | null
}

/** A thread was opened, answered, locked: what lists show of it, but for the reader's own count. */
export type ThreadChanged = { partnershipId: string; thread: Omit<ThreadSummary, 'unread'> }

/** An item of the library is new or has changed. */
export type ResourceChanged = { partnershipId: string; resource: ResourceView }

/** The receiver's own counts of what they have not read: of all threads, and of one where it is named. */
export type UnreadChanged = {
  partnershipId: string
  thread: { id: string; unread: number } | null
  total: number
}

/** The receiver's notifications changed, here or in another tab. */
export type NotificationsChanged = { unread: number; added: NotificationView | null }

/** The plan or the state of a workshop changed; lists refresh their row from it. */
export type WorkshopChanged = { partnershipId: string; workshop: Omit<WorkshopSummary, 'mine'> }

/** Facts that come down Socket.IO after the commit. */
export interface ServerEvents {
  'protocol:changed': (fact: ProtocolChanged) => void
  'thread:changed': (fact: ThreadChanged) => void
  'reply:posted': (reply: ReplyView) => void
  /** Edited, deleted, translated, or its translation asked for. */
  'reply:changed': (reply: ReplyView) => void
  'resource:changed': (fact: ResourceChanged) => void
  'unread:changed': (fact: UnreadChanged) => void
  'notifications:changed': (fact: NotificationsChanged) => void
  /** Who has the partnership open, the receiver among them. */
  'partnership:here': (fact: { partnershipId: string; people: readonly PersonView[] }) => void
  /** Who has the thread open, the receiver among them. */
  'thread:here': (fact: { threadId: string; people: readonly PersonView[] }) => void
  'workshop:changed': (fact: WorkshopChanged) => void
  /** Something in a room is new or has changed, as the receiver may see it. */
  'workshop:item': (fact: { workshopId: string; item: RoomItemView }) => void
  /** Counts of votes; gathered, so that many votes are one fact. */
  'workshop:tallies': (fact: { workshopId: string; tallies: readonly TallyView[] }) => void
  /** To facilitators and presenters alone. */
  'workshop:pulse': (fact: { workshopId: string; pulse: PulseView }) => void
  /** To facilitators alone: how many wait to be let in, and the first so many of them. */
  'workshop:waiting': (fact: {
    workshopId: string
    count: number
    people: readonly WaitingView[]
  }) => void
  /** Who is in the room: how many, and the first so many of them; null: the same as told before. */
  'workshop:here': (fact: {
    workshopId: string
    count: number
    people: readonly AttendeeView[] | null
  }) => void
  /** The receiver's own place: let in, turned away, given another role. */
  'workshop:door': (fact: { workshopId: string }) => void
  /** Text of one of its live documents has changed and is stored. */
  'workshop:notes': (fact: { workshopId: string; protocolId: string }) => void
  /** Its decks have changed, or the words of one page. */
  'workshop:slides': (fact: { workshopId: string; deckId: string; page: number | null }) => void
  /**
   * It began, closed, opened again or was cancelled; said now and then, so that a page to which a fact
   * did not come finds by the room's number that it misses one.
   */
  'workshop:status': (fact: { workshopId: string; status: WorkshopStatus; roomRev: number }) => void
  /** One of its tests was opened or closed: those that take answers now. */
  'workshop:tests': (fact: { workshopId: string; open: readonly TestPhase[] }) => void
  /** To one person alone: their own answers and votes, given here or in another tab. */
  'workshop:mine': (fact: { workshopId: string; mine: OwnMarks }) => void
  /** This process could not hear the others for a while: ask for what you may have missed. */
  'facts:missed': () => void
  /** Somebody else is writing there; holds for a few seconds, never stored. */
  'thread:typing': (fact: { threadId: string; person: PersonView }) => void
}

export type Ack<T> = (answer: { ok: true; value: T } | { ok: false; code: ErrorCode }) => void

/** What was missed in a thread, oldest change first; `more` when there is a next part after `rev`. */
export type CaughtUp = { replies: readonly ReplyView[]; rev: number; more: boolean }

export interface ClientEvents {
  /** Hear a partnership's facts from now on. */
  'partnership:join': (at: { partnershipId: string }, ack: Ack<null>) => void
  'partnership:leave': (at: { partnershipId: string }, ack: Ack<null>) => void
  /** Hear a thread from now on, and get what changed after `afterRev`. */
  'thread:join': (at: { threadId: string; afterRev: number }, ack: Ack<CaughtUp>) => void
  'thread:leave': (at: { threadId: string }, ack: Ack<null>) => void
  'thread:typing': (at: { threadId: string }) => void
  /**
   * Come into a workshop's room: be counted as there, and get what changed after `afterRev`. Who is there
   * is told unless it is not wanted (`here: false`); joined again, the last wish counts.
   */
  'workshop:join': (
    at: { workshopId: string; afterRev: number; here?: boolean | undefined },
    ack: Ack<RoomCaughtUp>,
  ) => void
  'workshop:leave': (at: { workshopId: string }, ack: Ack<null>) => void
  /** Wait at its door: be told when one is let in. */
  'workshop:wait': (at: { workshopId: string }, ack: Ack<null>) => void
}

/** Names the row that every process finds by itself, should the bus lose the fact. */
type Recorded = { change?: string | undefined }

/** What moves between the doors of this server and between processes; it may be lost. */
export interface BusEvents {
  'protocol:changed': ProtocolChanged
  'thread:changed': ThreadChanged
  'reply:posted': ReplyView
  'reply:changed': ReplyView
  'resource:changed': ResourceChanged
  'workshop:changed': WorkshopChanged
  /** Its plan changed, which says who runs it and whether it has guests: for its room, also of a draft. */
  'workshop:planned': { workshopId: string; guests: boolean }
  /**
   * One item in both its forms: as everybody sees it, and as facilitators do and those participants who
   * are named (`among`).
   */
  'workshop:item': {
    workshopId: string
    item: RoomItemView
    staffItem: RoomItemView
    among?: readonly string[] | undefined
  }
  /** Votes came in: whoever tells the sockets counts them first. */
  'workshop:voted': { workshopId: string; itemId: string }
  'workshop:pulsed': { workshopId: string }
  /** Somebody came into its room, or left it. */
  'workshop:came': { workshopId: string }
  /** A participant's door or role changed. */
  'workshop:door': { workshopId: string; participantId: string }
  'workshop:notes': { workshopId: string; protocolId: string }
  'workshop:slides': { workshopId: string; deckId: string; page: number | null }
  'workshop:status': { workshopId: string; status: WorkshopStatus; roomRev: number }
  'workshop:tests': { workshopId: string; open: readonly TestPhase[] }
  /** Somebody answered a poll or voted: their other tabs do not know it. */
  'workshop:marked': { workshopId: string; participantId: string }
  /** Slides wait to be made; only in the process that was asked, the others look now and then. */
  'slides:asked': Record<string, never>
  /** What these people have not read in the thread changed; the counts are asked for where they are shown. */
  'unread:changed': { partnershipId: string; threadId: string; userIds: readonly string[] }
  /** A new notification of that person, or (null) a change in what they have read. */
  'notifications:changed': { userId: string; notificationId: string | null }
  /** A membership, role or account changed: every open socket of the user is checked again. */
  'access:changed': { userId: string; partnershipId?: string | undefined } & Recorded
  /** An archive waits to be built; only in the process that was asked, the others look now and then. */
  'export:asked': Record<string, never>
  /** A session ended (sign-out, expiry, withdrawal): its sockets close. */
  'session:ended': { sessionId: string; userId: string } & Recorded
}
