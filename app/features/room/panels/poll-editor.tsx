import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../../shared/languages'
import { ACKNOWLEDGED } from '../../../../shared/patient-data/kinds'
import { POLL_FORMS, WORKSHOP_LIMITS } from '../../../../shared/workshops'
import { Button } from '../../../components/button'
import { LinkButton } from '../../discussions/link-button'
import type { ActAnswer } from '../room-acts'
import {
  type DraftProblem,
  hasOptions,
  missingIn,
  type PollDraft,
  problemOf,
  toAsked,
  withOption,
} from './poll-draft'
import { PollOptions } from './poll-options'
import { ProblemLine } from './problem-line'
import { useFieldsGuard } from './use-fields-guard'

const INPUT = 'min-h-10 w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base'

type Asked = ReturnType<typeof toAsked>

/** A poll is made or changed: both languages side by side. */
export function PollEditor({
  initial,
  submit,
  send,
  onClose,
}: {
  initial: PollDraft
  submit: string
  send: (asked: Asked) => Promise<ActAnswer>
  onClose: () => void
}) {
  const { t } = useTranslation('room-panels')
  const id = useId()
  const [draft, setDraft] = useState(initial)
  const [problem, setProblem] = useState<DraftProblem | null>(null)
  const [answer, setAnswer] = useState<ActAnswer | null>(null)
  const [isSending, setSending] = useState(false)
  const change = (part: Partial<PollDraft>) => {
    setProblem(null)
    setDraft((known) => ({ ...known, ...part }))
  }
  const guard = useFieldsGuard({
    fields: [
      { name: 'promptEn', text: draft.promptEn, lang: 'en' },
      { name: 'promptRu', text: draft.promptRu, lang: 'ru' },
    ],
    write: (name, text) => change({ [name]: text }),
    keep: () => void post(true),
  })

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    const wrong = problemOf(draft)
    setProblem(wrong)
    if (wrong || isSending || guard.asks()) return
    await post(false)
  }

  async function post(acknowledged: boolean) {
    setSending(true)
    const asked = toAsked(draft)
    const answer = await send(acknowledged ? { ...asked, acknowledged: ACKNOWLEDGED } : asked)
    setSending(false)
    setAnswer(answer)
    if (answer === 'unreachable') return
    if ('ok' in answer) onClose()
    else if (answer.refused === 'patient_data') guard.ask()
  }

  const missing = missingIn(draft)
  const [only] = missing.length === 1 ? missing : []
  const refused =
    answer === 'unreachable' ? answer : answer && 'refused' in answer ? answer.refused : null
  return (
    <form onSubmit={onSubmit} className="grid gap-4 rounded-card border border-line-control p-4">
      <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
        <legend className="mb-1 font-medium">{t('poll.form')}</legend>
        {POLL_FORMS.map((form) => (
          <label key={form} className="flex min-h-8 cursor-pointer items-center gap-2">
            <input
              type="radio"
              name={`${id}-form`}
              checked={draft.form === form}
              onChange={() => change({ form })}
              className="size-4 accent-(--accent)"
            />
            {t(`poll.is.${form}`)}
          </label>
        ))}
      </fieldset>
      <div className="grid gap-3 sheet:grid-cols-2">
        {LANGUAGES.map((lang) => {
          const name = lang === 'en' ? 'promptEn' : 'promptRu'
          return (
            <div key={lang} className="grid gap-1">
              <label htmlFor={`${id}-${name}`} className="font-medium">
                {t(`poll.prompt_${lang}`)}
              </label>
              <input
                id={`${id}-${name}`}
                lang={lang}
                value={draft[name]}
                maxLength={300}
                aria-invalid={problem === 'prompt' || undefined}
                aria-describedby={problem === 'prompt' ? `${id}-problem` : undefined}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
                className={INPUT}
              />
            </div>
          )
        })}
      </div>
      {hasOptions(draft) && (
        <>
          <label className="flex min-h-8 w-fit cursor-pointer items-center gap-2">
            <input
              type="checkbox"
              checked={draft.purpose === 'quiz'}
              onChange={(event) =>
                change({ purpose: event.currentTarget.checked ? 'quiz' : 'poll' })
              }
              className="size-4 accent-(--accent)"
            />
            {t('poll.isQuiz')}
          </label>
          <PollOptions draft={draft} onChange={change} />
          {draft.options.length < WORKSHOP_LIMITS.pollOptions && (
            <LinkButton
              className="w-fit text-accent"
              onClick={() => setDraft((known) => withOption(known))}
            >
              {t('poll.addOption')}
            </LinkButton>
          )}
        </>
      )}
      {guard.warning}
      {only && (
        <p role="status" className="text-[13px] text-drift">
          {t(`poll.missing_${only}`)}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} role="alert" className="text-[13px] font-medium text-danger">
          {t(`poll.problem.${problem}`)}
        </p>
      )}
      <ProblemLine code={refused} />
      <p className="flex flex-wrap gap-2">
        <Button aria-disabled={isSending || undefined}>{submit}</Button>
        <Button type="button" look="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
      </p>
    </form>
  )
}
