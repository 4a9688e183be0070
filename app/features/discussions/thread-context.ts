import { createContext, useContext } from 'react'
import type { ReplyView } from '../../../shared/views'
import type { ThreadPageData } from './open-thread'
import type { LiveThread } from './use-thread'

/** What every part of an open thread may need. */
export type OpenedThread = {
  data: ThreadPageData
  live: LiveThread
  slug: string
  /** Scripts run: what needs them is offered. */
  scripted: boolean
  /** There was a line to the server, and it is away. */
  away: boolean
  /** Beside a protocol's text, where there is little room. */
  compact: boolean
  /** Put a post above the composer as the one that is answered. */
  answer: (post: ReplyView) => void
}

const ThreadContext = createContext<OpenedThread | null>(null)
export const ThreadProvider = ThreadContext.Provider

export function useOpenedThread(): OpenedThread {
  const thread = useContext(ThreadContext)
  if (!thread) throw new Error('a part of a thread outside of one')
  return thread
}
