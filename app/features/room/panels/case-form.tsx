import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../../shared/languages'
import type { RoomItemView } from '../../../../shared/room-views'
import { Button } from '../../../components/button'
import { WritingLanguage } from '../../discussions/writing-language'
import { TextBox } from '../../library/fields'
import { isTalking, SAID_MAX } from '../room-acts'
import { useRoomState } from '../room-context'
import {
  AGE_BANDS,
  type BegunCase,
  CASE_MAX,
  type CASE_NEEDS,
  type CaseDraft,
  isBegun,
  missingFrom,
  SEXES,
} from './case-draft'
import { ProblemLine } from './problem-line'
import { useDoing } from './use-doing'
import { useFieldsGuard } from './use-fields-guard'

const CONTROL =
  'min-h-10 w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base aria-[invalid=true]:border-2 aria-[invalid=true]:border-danger'

/** A case is offered. What looks like patient data never leaves: nobody needs it here. */
export function CaseForm({
  begun,
  isBack,
  keep,
  onClose,
}: {
  begun: BegunCase
  /** It stands here again as it was left: the reader may be anywhere. */
  isBack: boolean
  /** Told whatever is written; null: nothing yet. */
  keep: (begun: BegunCase | null) => void
  /** What was offered; null for nothing, or while it waits for the line. */
  onClose: (offered: RoomItemView | null) => void
}) {
  const { t } = useTranslation('room-panels')
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const doing = useDoing()
  const { status } = useRoomState()
  const { clientKey } = begun
  const [draft, setDraft] = useState(begun.draft)
  const [isTried, setTried] = useState(false)
  const change = (part: Partial<CaseDraft>) => setDraft((known) => ({ ...known, ...part }))
  const guard = useFieldsGuard({
    fields: (['setting', 'problem', 'course', 'question'] as const).map((name) => ({
      name,
      text: draft[name],
      lang: draft.lang,
    })),
    write: (name, text) => change({ [name]: text }),
  })
  useEffect(() => {
    if (!isBack) form.current?.querySelector('select')?.focus()
  }, [isBack])
  useEffect(() => keep(isBegun(draft) ? { draft, clientKey } : null), [keep, draft, clientKey])

  const missing = missingFrom(draft)
  const errorOf = (name: (typeof CASE_NEEDS)[number]) =>
    isTried && missing.includes(name) ? t('case.needed') : undefined

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    const [first] = missing
    if (first) {
      const field = form.current?.elements.namedItem(first)
      return field instanceof HTMLElement ? field.focus() : undefined
    }
    if (doing.busy || !isTalking(status) || guard.asks()) return
    const answer = await doing.ask({ act: 'offer_case', ...draft, clientKey })
    if (answer === 'unreachable') return
    if ('ok' in answer) onClose(answer.ok)
    else if (answer.refused === 'patient_data') guard.ask()
  }

  const text = (name: 'problem' | 'course' | 'question', max: number) => (
    <TextBox
      label={t(`case.${name}`)}
      name={name}
      lang={draft.lang}
      maxLength={max}
      value={draft[name]}
      error={name === 'course' ? undefined : errorOf(name)}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  )
  const ageError = errorOf('ageBand')
  const settingError = errorOf('setting')
  return (
    <form
      ref={form}
      noValidate
      onSubmit={onSubmit}
      className="@container grid gap-3 rounded-card border border-line-control bg-surface p-4"
    >
      <h3>{t('case.offer')}</h3>
      <p className="rounded-lg border-l-[3px] border-drift bg-drift-wash px-3.5 py-2 text-[13px]">
        {t('case.rule')}
      </p>
      <div className="grid gap-3 @xl:grid-cols-2">
        <div className="grid content-start gap-1.5">
          <label htmlFor={`${id}-age`} className="font-medium">
            {t('case.age')}
          </label>
          <select
            id={`${id}-age`}
            name="ageBand"
            value={draft.ageBand}
            aria-invalid={ageError ? true : undefined}
            aria-describedby={ageError ? `${id}-age-error` : undefined}
            onChange={(event) => change({ ageBand: event.currentTarget.value })}
            className={CONTROL}
          >
            <option value="">{t('case.chooseAge')}</option>
            {AGE_BANDS.map((band) => (
              <option key={band}>{band}</option>
            ))}
          </select>
          {ageError && (
            <p id={`${id}-age-error`} className="text-[13px] font-medium text-danger">
              {ageError}
            </p>
          )}
        </div>
        <fieldset>
          <legend className="mb-1.5 font-medium">{t('case.sex')}</legend>
          <div className="flex flex-wrap gap-x-4">
            {SEXES.map((sex) => (
              <label key={sex} className="flex min-h-10 cursor-pointer items-center gap-2">
                <input
                  type="radio"
                  name={`${id}-sex`}
                  checked={draft.sex === sex}
                  onChange={() => change({ sex })}
                  className="size-4 accent-(--accent)"
                />
                {t(`case.sexIs.${sex}`)}
              </label>
            ))}
          </div>
        </fieldset>
      </div>
      <div className="grid gap-1.5">
        <label htmlFor={`${id}-setting`} className="font-medium">
          {t('case.setting')}
        </label>
        <p id={`${id}-setting-hint`} className="text-[13px] text-ink-2">
          {t('case.settingHint')}
        </p>
        <input
          id={`${id}-setting`}
          name="setting"
          lang={draft.lang}
          maxLength={200}
          value={draft.setting}
          aria-invalid={settingError ? true : undefined}
          aria-describedby={`${id}-setting-hint${settingError ? ` ${id}-setting-error` : ''}`}
          onChange={(event) => change({ setting: event.currentTarget.value })}
          className={CONTROL}
        />
        {settingError && (
          <p id={`${id}-setting-error`} className="text-[13px] font-medium text-danger">
            {settingError}
          </p>
        )}
      </div>
      {text('problem', CASE_MAX)}
      {text('course', CASE_MAX)}
      {text('question', SAID_MAX)}
      {guard.warning}
      <ProblemLine code={doing.problem} takesNoPatientData hasText />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {isTalking(status) && (
          <Button aria-disabled={doing.busy || undefined}>{t('case.send')}</Button>
        )}
        <Button type="button" look="quiet" onClick={() => onClose(null)}>
          {t('cancel')}
        </Button>
        <WritingLanguage
          languages={LANGUAGES}
          value={draft.lang}
          onChange={(lang) => change({ lang })}
        />
      </div>
    </form>
  )
}
