import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { SERIES_SCOPES, type SeriesScope } from '../../../shared/workshops'
import { fieldId } from './fault-list'

/** Whether something is done to one workshop of a series or to the later ones with it. */
export function ScopeChoice({
  legend,
  hint,
  over,
  others,
  sent,
  onScope,
  error,
  name = 'scope',
}: {
  legend: string
  /** How many there are, and what happens to them. */
  hint: string
  /** Later ones that are under way or over. */
  over: number
  /** Later ones that the reader does not run. */
  others: number
  /** What was chosen when the form was sent. */
  sent: string | undefined
  onScope?: (scope: SeriesScope) => void
  error?: string | undefined
  /** What a page calls it that asks for several things. */
  name?: string
}) {
  const { t } = useTranslation('workshops')
  const id = useId()
  const labels = { one: t('scope.one'), later: t('scope.later') }
  const notes = [
    hint,
    over > 0 && t('scope.over', { count: over }),
    others > 0 && t('scope.others', { count: others }),
  ].filter(Boolean)
  return (
    <fieldset id={fieldId(name)} tabIndex={-1} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 font-medium">{legend}</legend>
      {error && (
        <p id={`${id}-error`} className="mb-2 text-[13px] font-medium text-danger">
          {error}
        </p>
      )}
      <div className="grid gap-2.5">
        {SERIES_SCOPES.map((scope) => (
          <div key={scope} className="grid grid-cols-[auto_1fr] gap-x-2.5">
            <input
              id={`${id}-${scope}`}
              type="radio"
              name="scope"
              value={scope}
              defaultChecked={scope === (sent === 'later' ? 'later' : 'one')}
              onChange={() => onScope?.(scope)}
              aria-describedby={scope === 'later' ? `${id}-hint` : undefined}
              className="mt-0.5 size-5 accent-accent"
            />
            <label htmlFor={`${id}-${scope}`}>{labels[scope]}</label>
            {scope === 'later' && (
              <p id={`${id}-hint`} className="col-start-2 max-w-[64ch] text-[13px] text-ink-2">
                {notes.join(' ')}
              </p>
            )}
          </div>
        ))}
      </div>
    </fieldset>
  )
}
