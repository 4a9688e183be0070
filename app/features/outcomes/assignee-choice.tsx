import { useTranslation } from 'react-i18next'
import type { MentionableView } from '../../../shared/thread-views'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import { Choice } from '../library/fields'

/** Who is to have a task, or nobody yet. */
export function AssigneeChoice({
  people,
  chosen,
  error,
}: {
  people: readonly MentionableView[]
  /** Id of one of them; empty for nobody. */
  chosen: string
  error: string | undefined
}) {
  const { t } = useTranslation('outcomes')
  const { lang: reader } = useReader()
  return (
    <Choice label={t('add.assignee')} name="assignee" defaultValue={chosen} error={error}>
      <option value="">{t('row.nobody')}</option>
      {people.map(({ id, name }) => {
        const { main } = fullName(name, reader)
        return (
          <option key={id} value={id} lang={main.lang}>
            {main.text}
          </option>
        )
      })}
    </Choice>
  )
}
