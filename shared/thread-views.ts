import type { Language, LocalizedText } from './languages'
import type { PersonName } from './views'

/** Somebody as the author of something: the name, and the colour of their side (null for none). */
export type PersonView = { id: string; name: PersonName; tone: 'a' | 'b' | null }

/** Whom a post may call by name. */
export type MentionableView = PersonView & { cadre: string; languages: readonly Language[] }

/** The paragraph that a thread is about; the same in every language. */
export type ThreadAnchor = {
  protocolId: string
  protocolTitle: LocalizedText
  unit: string
  /** The paragraph as it read when the thread was opened, shortened. */
  quote: LocalizedText
}

export type ThreadSummary = {
  id: string
  title: LocalizedText
  /** Language of the first post. */
  lang: Language
  tags: readonly string[]
  anchor: ThreadAnchor | null
  locked: boolean
  /** Posts that are not deleted, the first one among them. */
  replyCount: number
  /** Number of the last post. */
  lastSeq: number
  /** Count of the thread's changes, closing and opening among them: the larger one is the newer. */
  rev: number
  openedBy: PersonView | null
  openedAt: string
  lastBy: PersonView | null
  lastAt: string
  /** The reader's own: posts of others that they have not been shown. */
  unread: number
}

/** A name in a post: `length` UTF-16 code units of its text from `from`, the `@` among them. */
export type MentionView = { userId: string; from: number; length: number }

export type TranslationRequestView = {
  id: string
  to: Language
  note: string | null
  askedBy: PersonView | null
  askedAt: string
  takenBy: PersonView | null
  takenAt: string | null
  doneAt: string | null
}

/** A post of a thread. Deleted ones keep their place and lose their words. */
export type ReplyView = {
  id: string
  threadId: string
  /** 1, 2, 3 … within the thread; never changes. */
  seq: number
  /** The thread's count of changes when this post last changed: the larger one is the newer. */
  rev: number
  lang: Language
  text: string
  author: PersonView | null
  postedAt: string
  editedAt: string | null
  deletedAt: string | null
  /** By the author, or by whom else. */
  deletedBy: PersonView | null
  mentions: readonly MentionView[]
  /** The post that this one answers. */
  replyTo: { id: string; seq: number; author: PersonView | null } | null
  /** A colleague's, in the other language; `outdated` once the post was edited after it. */
  translation: {
    lang: Language
    text: string
    by: PersonView | null
    at: string
    outdated: boolean
  } | null
  /** Open request for a translation. */
  request: TranslationRequestView | null
  /** Patient data was taken out of it, all of it or passages. */
  purged?: { by: PersonView | null; at: string; whole: boolean } | undefined
  /** Chosen by the author's browser, which knows its own post by it. */
  clientKey: string
}

/** One stretch of a thread, oldest first. */
export type ThreadPage = {
  thread: ThreadSummary
  replies: readonly ReplyView[]
  /** Posts before the first one shown. */
  earlier: number
  /** Count of changes that `replies` is up to date with: catch-up starts here. */
  rev: number
  /** Number of the last post the reader has been shown before; null when they never were here. */
  readSeq: number | null
}
