import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOk } from '../../../lib/ask'
import { neighboursOf, useFocusAfter } from '../../../lib/focus-after'
import type { ActAnswer } from '../room-acts'
import { useRoomState } from '../room-context'

/**
 * Deleting one of a list that shows it no more: whoever did it goes on at its neighbour, and hears that
 * it is gone.
 *
 * @param ids of what the list shows, in its order; the elements are named `question-…`, `case-…`
 * @param list id of the element that takes the focus when nothing is left
 */
export function useDeleting(
  kind: 'question' | 'case',
  ids: readonly string[],
  list: string,
): { remove: (id: string) => Promise<ActAnswer>; said: ReactNode } {
  const { t } = useTranslation('room-panels')
  const { act } = useRoomState()
  const focusAfter = useFocusAfter()
  const [count, setCount] = useState(0)
  const name = (id: string) => `${kind}-${id}`
  return {
    async remove(id) {
      focusAfter(...neighboursOf(ids.map(name), name(id)), list)
      const answer = await act({ act: 'delete', item: id })
      if (isOk(answer)) setCount((known) => known + 1)
      return answer
    },
    said: (
      <p role="status" className="sr-only">
        {count > 0 && (
          <span key={count}>{t(kind === 'question' ? 'question.deleted' : 'case.deleted')}</span>
        )}
      </p>
    ),
  }
}
