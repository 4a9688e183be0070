import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors'
import type { Language } from '../../../shared/languages'
import { Button } from '../../components/button'
import type { Answer } from '../../lib/ask'
import { usePatientGuard } from '../privacy/use-patient-guard'
import { growing } from './growing'

/** Longest text of a post, as its schema has it. */
export const TEXT_MAX = 20_000

/** Words under a post, to change it or to translate it; the text stays until the server has it. */
export function TextForm({
  label,
  lang,
  initial,
  submit,
  save,
  onClose,
}: {
  label: string
  lang: Language
  initial: string
  /** Words of the button. */
  submit: string
  save: (text: string, acknowledged: boolean) => Promise<Answer<unknown>>
  onClose: () => void
}) {
  const { t } = useTranslation(['discussions', 'errors'])
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(initial)
  const [problem, setProblem] = useState<ErrorCode | 'unreachable' | null>(null)
  const [isSaving, setSaving] = useState(false)
  const guard = usePatientGuard({
    text,
    lang,
    write(next) {
      setText(next)
      area.current?.focus()
    },
    send: () => void send(true),
  })
  useEffect(() => {
    const at = area.current
    at?.focus()
    at?.setSelectionRange(at.value.length, at.value.length)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what it grows by
  useEffect(() => growing(area.current), [text])

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (isSaving) return
    if (text.trim() === '') return area.current?.focus()
    // what stood there before is not asked about
    if (text !== initial && guard.asks(text)) return
    await send(false)
  }

  async function send(acknowledged: boolean) {
    setSaving(true)
    const answer = await save(text, acknowledged)
    setSaving(false)
    if (answer === 'unreachable') setProblem('unreachable')
    else if ('refused' in answer) {
      setProblem(answer.refused === 'patient_data' ? null : answer.refused)
      if (answer.refused === 'patient_data') guard.ask()
    } else onClose()
  }

  return (
    <form
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void onSubmit(event)
      }}
      className="mt-2 grid max-w-[68ch] gap-2"
    >
      <label htmlFor={id} className="text-[13px] font-medium text-ink-2">
        {label}
      </label>
      <textarea
        id={id}
        ref={area}
        lang={lang}
        value={text}
        maxLength={TEXT_MAX}
        rows={2}
        onChange={(event) => setText(event.currentTarget.value)}
        className="w-full resize-none rounded-lg border border-line-control bg-surface px-3 py-2 text-base sheet:text-[0.9375rem]"
      />
      {guard.warning}
      {problem && (
        <p role="alert" className="text-[13px] font-medium text-danger">
          {problem === 'unreachable' ? t('composer.unreachable') : t(`errors:${problem}`)}
        </p>
      )}
      <p className="flex flex-wrap gap-2">
        <Button look="quiet" aria-disabled={isSaving || undefined}>
          {submit}
        </Button>
        <button
          type="button"
          onClick={onClose}
          className="min-h-9 rounded-lg px-3 text-ink-2 hover:text-ink"
        >
          {t('composer.cancel')}
        </button>
      </p>
    </form>
  )
}
