import { useEffect, useRef, useState } from 'react'
import type { ErrorCode } from '../../../../shared/errors'
import { useRoomState } from '../room-context'
import { getNotes, type NotesText } from './notes-wire'

/** Many keys in a row are one reading, milliseconds. */
const READ_AGAIN_MS = 1_500
/** With every byte dear, milliseconds. */
const SAVER_MS = 15_000

export type Notes = {
  /** null until they have come; what was read last stays while the line is away. */
  text: NotesText | null
  /** Nobody has begun them. */
  missing: boolean
  problem: ErrorCode | null
  readAgain: () => void
}

/**
 * Notes as they are stored, read again when they have changed.
 *
 * @param group of which group; null for those of everybody
 */
export function useNotes(group: string | null): Notes {
  const { workshop, notes, connected, saver } = useRoomState()
  const [text, setText] = useState<NotesText | null>(null)
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const [asked, setAsked] = useState(0)
  const [missing, setMissing] = useState(false)
  const isFirst = useRef(true)
  const changes = text ? (notes.get(text.protocolId) ?? 0) : notes.size
  // `changes`, `asked` and `connected`: each is a reason to read again
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    let left = false
    const read = async () => {
      const answer = await getNotes(workshop.id, group)
      if (left) return
      if (answer === 'unreachable') return setProblem('unreachable')
      const refused = 'refused' in answer ? answer.refused : null
      setMissing(refused === 'not_found')
      setProblem(refused === 'not_found' ? null : refused)
      if ('ok' in answer) setText(answer.ok)
    }
    const wait = isFirst.current ? 0 : saver ? SAVER_MS : READ_AGAIN_MS
    isFirst.current = false
    const timer = setTimeout(read, wait)
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [workshop.id, group, changes, asked, connected])
  return {
    text,
    missing,
    problem,
    readAgain() {
      isFirst.current = true
      setAsked((count) => count + 1)
    },
  }
}
