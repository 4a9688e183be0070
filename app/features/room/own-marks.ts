import type { OwnMarks } from '../../../shared/room-views'
import type { UnsentAct } from './room-acts'

/** What is on its way counts for the one who sent it. */
export function withUnsent(mine: OwnMarks, unsent: readonly UnsentAct[]): OwnMarks {
  let marks = mine
  for (const { act, refused } of unsent) {
    if (refused !== null) continue
    if (act.act === 'upvote') marks = withUpvote(marks, act)
    if (act.act === 'vote') marks = withVote(marks, act)
  }
  return marks
}

/** The poll is answered so, whatever stood there before. */
export function withVote(
  mine: OwnMarks,
  { item, choices, text }: { item: string; choices: readonly string[]; text: string },
): OwnMarks {
  return { ...mine, answers: { ...mine.answers, [item]: { choices, text } } }
}

/** The question is wanted, or not any more. */
export function withUpvote(mine: OwnMarks, { item, on }: { item: string; on: boolean }): OwnMarks {
  const others = mine.upvoted.filter((id) => id !== item)
  return { ...mine, upvoted: on ? [...others, item] : others }
}
