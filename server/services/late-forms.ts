import { AppError, isAppError } from '../../shared/errors'
import { seenOf } from '../../shared/seen-words'

/** So many others may save between one form's reading and its writing. */
const TURNS = 4

/**
 * Save from a form that is joined with what somebody else has saved since it was opened. Where one was
 * quicker between the reading and the writing, it is joined with theirs, too.
 *
 * @param seen what the form was opened with, '' where nothing stood in it; without it nothing is joined
 * @param save reads, joins and writes in one transaction
 * @throws AppError `conflict`, with the `parts` that both have changed where they are known
 */
export async function savingLate<T>(seen: string | undefined, save: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await save()
    } catch (error) {
      const isOutrun = isAppError(error) && error.code === 'conflict' && !('parts' in error.detail)
      if (!isOutrun || seen === undefined || turn === TURNS) throw error
    }
  }
}

/**
 * Words that stand in one place are nobody's to replace unseen.
 *
 * @param seen what stood there when the form was opened (`seenOf`); of an act that does not say it,
 *   nothing is asked
 * @throws AppError `conflict`
 */
export function demandSeen(seen: string | undefined, stands: string): void {
  if (seen === undefined || stands === '' || seenOf({ text: stands }) === seen) return
  throw new AppError('conflict')
}
