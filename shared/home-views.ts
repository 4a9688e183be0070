import type { Language, LocalizedText } from './languages'
import type { NotificationKind, SearchKind } from './schemas/notifications'
import type { PersonView } from './thread-views'

export type NotificationView = {
  id: string
  kind: NotificationKind
  partnership: { slug: string; name: LocalizedText }
  /** Who did it. */
  by: PersonView | null
  at: string
  readAt: string | null
  /** What it is about; null when it is gone or no longer open to the reader. */
  target: {
    title: LocalizedText
    /** Address within the product, of the very post or paragraph. */
    path: string
    excerpt: { text: string; lang: Language } | null
  } | null
}

export type SearchHit = {
  kind: SearchKind
  id: string
  title: LocalizedText
  /** Language of the excerpt. */
  lang: Language
  /** What was found, cut; `marks` are [from, length] of the words in it. */
  excerpt: string
  marks: readonly (readonly [number, number])[]
  /** Address within the product, of the very post or paragraph. */
  path: string
  at: string
}

/** One line of what there is to do; each leads to its place. */
export type WaitingItem =
  | {
      kind: 'drift'
      protocolId: string
      title: LocalizedText
      unit: string
      /** The paragraph's number on the page, `3.4`; null where it has none. */
      number: string | null
      /** The language whose text has changed, as it was and as it is, shortened around the change. */
      lang: Language
      before: string
      after: string
      by: PersonView | null
      at: string
    }
  | {
      kind: 'missing'
      protocolId: string
      title: LocalizedText
      /** The language that has no text yet. */
      lang: Language
      count: number
      at: string
    }
  | {
      kind: 'question'
      threadId: string
      title: LocalizedText
      seq: number
      by: PersonView | null
      at: string
      unread: number
    }
  | {
      kind: 'translation'
      target: 'resource' | 'reply'
      title: LocalizedText
      path: string
      to: Language
      /** Who asked for it; where it waits for others, who has taken it. */
      by: PersonView | null
      /** When it was asked for. */
      at: string
      /** Taken by the reader. */
      mine: boolean
    }
  | {
      /** A task that came out of a workshop, given to the reader. */
      kind: 'task'
      outcomeId: string
      workshopId: string
      /** What there is to do, shortened. */
      title: LocalizedText
      /** ISO date. */
      due: string | null
      by: PersonView | null
      at: string
    }

/** One line of what has happened. */
export type ChangeItem =
  | {
      kind: 'protocol'
      protocolId: string
      title: LocalizedText
      by: PersonView | null
      at: string
      /** Units marked as agreeing since, reviewed ones among them. */
      marked: number
      reviewed: number
    }
  | {
      kind: 'thread'
      threadId: string
      title: LocalizedText
      by: PersonView | null
      at: string
      /** Opened since, not only answered. */
      isNew: boolean
      posts: number
    }
  | {
      kind: 'resource'
      resourceId: string
      title: LocalizedText
      by: PersonView | null
      at: string
      isNew: boolean
      languages: readonly Language[]
    }

export type HomeView = {
  waitingForMe: readonly WaitingItem[]
  waitingForOthers: readonly WaitingItem[]
  /** End of the reader's visit before this one; null on the first. */
  since: string | null
  changes: readonly ChangeItem[]
  /** Where the reader left off: the protocol they last wrote in or marked. */
  resume: { protocolId: string; title: LocalizedText } | null
}
