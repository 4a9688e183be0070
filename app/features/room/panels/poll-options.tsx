import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../../shared/languages'
import { neighboursOf, useFocusAfter } from '../../../lib/focus-after'
import { LinkButton } from '../../discussions/link-button'
import type { PollDraft } from './poll-draft'

/** Options in both languages; of a quiz the right ones are marked. */
export function PollOptions({
  draft,
  onChange,
  problemId,
}: {
  draft: PollDraft
  onChange: (part: Partial<PollDraft>) => void
  /** Where it stands what is wrong with them. */
  problemId?: string | undefined
}) {
  const { t } = useTranslation('room-panels')
  const id = useId()
  const focusAfter = useFocusAfter()
  const { options, right, form } = draft
  const nameOf = (option: { id: string }) => `${id}-${option.id}`
  const isQuiz = draft.purpose === 'quiz'
  const mark = (option: string, on: boolean) => {
    if (form === 'single') return onChange({ right: [option] })
    onChange({ right: [...right.filter((each) => each !== option), ...(on ? [option] : [])] })
  }
  return (
    <fieldset aria-describedby={problemId} className="grid gap-3">
      <legend className="mb-1 font-medium">{t('poll.options')}</legend>
      {options.map((option, at) => {
        const number = at + 1
        return (
          <div
            key={option.id}
            className="grid grid-cols-[auto_minmax(0,1fr)] items-start gap-x-2.5 gap-y-1.5"
          >
            <span className="min-w-5 pt-2 text-ink-2 tabular-nums">{number}</span>
            <div className="grid gap-1.5 @xl:grid-cols-2">
              {LANGUAGES.map((lang, nth) => (
                <input
                  key={lang}
                  id={nth === 0 ? nameOf(option) : undefined}
                  lang={lang}
                  aria-label={t(`poll.option_${lang}`, { number })}
                  placeholder={t(`poll.in_${lang}`)}
                  value={option[lang]}
                  maxLength={200}
                  data-of={option[lang].trim() === '' ? 'options' : undefined}
                  aria-describedby={problemId}
                  onChange={(event) => {
                    const text = event.currentTarget.value
                    onChange({
                      options: options.map((each) =>
                        each.id === option.id ? { ...each, [lang]: text } : each,
                      ),
                    })
                  }}
                  className="min-h-10 w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base"
                />
              ))}
            </div>
            <div className="col-start-2 flex flex-wrap items-center gap-x-4 empty:hidden">
              {isQuiz && (
                <label className="flex min-h-7 cursor-pointer items-center gap-2 text-[13px]">
                  <input
                    type={form === 'single' ? 'radio' : 'checkbox'}
                    name={`${id}-right`}
                    checked={right.includes(option.id)}
                    data-of="right"
                    aria-describedby={problemId}
                    onChange={(event) => mark(option.id, event.currentTarget.checked)}
                    className="size-4 accent-(--accent)"
                  />
                  {t('poll.isRight', { number })}
                </label>
              )}
              {options.length > 2 && (
                <LinkButton
                  aria-label={t('poll.removeOption', { number })}
                  onClick={() => {
                    focusAfter(...neighboursOf(options.map(nameOf), nameOf(option)))
                    onChange({ options: options.filter((each) => each.id !== option.id) })
                  }}
                >
                  {t('poll.remove')}
                </LinkButton>
              )}
            </div>
          </div>
        )
      })}
    </fieldset>
  )
}
