import type { Types } from 'mongoose'
import type { RequestTarget, TranslationRequestRow } from '../../models/translation-request'
import type { Language } from '../../shared/languages'
import type { Cast } from './cast'
import type { DemoRequest } from './content/types'
import { demoId } from './ids'

/** What is asked for: an item, or a post of a thread. */
export type Asked = {
  target: RequestTarget
  id: Types.ObjectId
  thread: Types.ObjectId | null
  to: Language
}

/** The row of an open request. */
export function requestRow(
  cast: Cast,
  { by, at, note, taken }: DemoRequest,
  { target, id, thread, to }: Asked,
): TranslationRequestRow {
  return {
    _id: demoId(`request ${String(id)} ${to}`),
    partnership: cast.partnership,
    target,
    targetId: id,
    thread,
    to,
    note: note ?? null,
    askedBy: cast.id(by),
    askedAt: cast.at(at, by),
    takenBy: taken ? cast.id(taken.by) : null,
    takenAt: taken ? cast.at(taken.at, taken.by) : null,
    doneAt: null,
    withdrawnAt: null,
    open: true,
    demo: true,
  }
}
