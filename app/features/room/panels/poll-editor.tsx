import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../../shared/languages'
import { ACKNOWLEDGED } from '../../../../shared/patient-data/kinds'
import type { RoomItemView } from '../../../../shared/room-views'
import { POLL_FORMS, WORKSHOP_LIMITS } from '../../../../shared/workshops'
import { Button } from '../../../components/button'
import { problemIn } from '../../../lib/ask'
import { useLatest } from '../../../lib/live'
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

const INPUT =
  'min-h-10 w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base aria-[invalid=true]:border-2 aria-[invalid=true]:border-danger'

type Asked = ReturnType<typeof toAsked>

/** A poll is made or changed: both languages side by side. */
export function PollEditor({
  initial,
  isBack,
  keep,
  submit,
  send,
  onClose,
}: {
  initial: PollDraft
  /** It stands here again as it was left: the reader may be anywhere. */
  isBack: boolean
  /** Told whatever is written. */
  keep: (draft: PollDraft) => void
  submit: string
  send: (asked: Asked) => Promise<ActAnswer>
  /** What was saved; null for nothing. */
  onClose: (saved: RoomItemView | null) => void
}) {
  const { t } = useTranslation('room-panels')
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!isBack) form.current?.querySelector<HTMLElement>('input:checked')?.focus()
  }, [isBack])
  const [draft, setDraft] = useState(initial)
  const opened = useRef(draft)
  const latest = useLatest(keep)
  useEffect(() => {
    if (draft !== opened.current) latest.current(draft)
  }, [latest, draft])
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
    if (wrong) return form.current?.querySelector<HTMLElement>(`[data-of=${wrong}]`)?.focus()
    if (isSending || guard.asks()) return
    await post(false)
  }

  async function post(acknowledged: boolean) {
    setSending(true)
    const asked = toAsked(draft)
    const answer = await send(acknowledged ? { ...asked, acknowledged: ACKNOWLEDGED } : asked)
    setSending(false)
    setAnswer(answer)
    if (answer === 'unreachable') return
    if ('ok' in answer) onClose(answer.ok)
    else if (answer.refused === 'patient_data') guard.ask()
  }

  const missing = missingIn(draft)
  const [only] = missing.length === 1 ? missing : []
  const refused = answer && problemIn(answer)
  return (
    <form
      ref={form}
      noValidate
      onSubmit={onSubmit}
      className="@container grid gap-4 rounded-card border border-line-control p-4"
    >
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
      <div className="grid gap-3 @xl:grid-cols-2">
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
                data-of="prompt"
                aria-invalid={problem === 'prompt' || undefined}
                aria-describedby={problem === 'prompt' ? `${id}-problem` : undefined}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
                className={INPUT}
              />
            </div>
          )
        })}
        {problem === 'prompt' && <Wrong id={`${id}-problem`} problem={problem} />}
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
          <PollOptions
            draft={draft}
            onChange={change}
            problemId={problem === 'options' || problem === 'right' ? `${id}-problem` : undefined}
          />
          {problem && problem !== 'prompt' && <Wrong id={`${id}-problem`} problem={problem} />}
          {draft.options.length < WORKSHOP_LIMITS.pollOptions && (
            <LinkButton
              tone="accent"
              className="w-fit"
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
      <ProblemLine code={refused} hasText />
      <p className="flex flex-wrap gap-2">
        <Button aria-disabled={isSending || undefined}>{submit}</Button>
        <Button type="button" look="quiet" onClick={() => onClose(null)}>
          {t('cancel')}
        </Button>
      </p>
    </form>
  )
}

/** Beside the fields that it speaks of. */
function Wrong({ id, problem }: { id: string; problem: DraftProblem }) {
  const { t } = useTranslation('room-panels')
  return (
    <p id={id} role="alert" className="col-span-full text-[13px] font-medium text-danger">
      {t(`poll.problem.${problem}`)}
    </p>
  )
}
