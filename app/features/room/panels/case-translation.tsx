import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { otherLanguage } from '../../../../shared/languages'
import type { CaseView, CaseWords } from '../../../../shared/room-views'
import { Button } from '../../../components/button'
import { Field } from '../../../components/field'
import { LinkButton } from '../../discussions/link-button'
import { TextBox } from '../../library/fields'
import { SAID_MAX } from '../room-acts'
import { CASE_MAX } from './case-draft'
import { ProblemLine } from './problem-line'
import { useDoing } from './use-doing'
import { useFieldsGuard } from './use-fields-guard'

const PARTS = ['setting', 'problem', 'course', 'question'] as const
/** Longest texts, as the schema of a room's acts has them. */
const LONGEST = { setting: 200, problem: CASE_MAX, course: CASE_MAX, question: SAID_MAX } as const
const NOTHING: CaseWords = { setting: '', problem: '', course: '', question: '' }

/** A case in the other language, field by field; what looks like patient data never leaves. */
export function CaseTranslationForm({ item, onClose }: { item: CaseView; onClose: () => void }) {
  const { t } = useTranslation('room-panels')
  const form = useRef<HTMLFormElement>(null)
  const doing = useDoing()
  const [words, setWords] = useState<CaseWords>(item.translation ?? NOTHING)
  const [isTried, setTried] = useState(false)
  const lang = otherLanguage(item.lang)
  const parts = PARTS.filter((part) => item[part] !== '')
  const change = (part: Partial<CaseWords>) => setWords((known) => ({ ...known, ...part }))
  const guard = useFieldsGuard({
    fields: parts.map((name) => ({ name, text: words[name], lang })),
    write: (name, text) => change({ [name]: text }),
  })
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea')?.focus(), [])

  const isMissing = (part: keyof CaseWords) => words[part].trim() === ''

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    const missing = parts.find(isMissing)
    if (missing) {
      const field = form.current?.elements.namedItem(missing)
      return field instanceof HTMLElement ? field.focus() : undefined
    }
    if (doing.busy || guard.asks()) return
    const { setting, problem, course, question } = words
    const said = { setting, problem, course, question }
    const answer = await doing.ask({ act: 'translate_case', item: item.id, lang, ...said })
    if (answer === 'unreachable') return
    if ('ok' in answer) onClose()
    else if (answer.refused === 'patient_data') guard.ask()
  }

  return (
    <form
      ref={form}
      noValidate
      aria-label={t(`said.write_${lang}`)}
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
      className="my-1.5 grid max-w-[68ch] gap-3"
    >
      <p className="text-[13px] font-medium text-ink-2">{t(`said.write_${lang}`)}</p>
      {parts.map((part) => {
        const props = {
          label: t(`case.${part}`),
          name: part,
          lang,
          maxLength: LONGEST[part],
          value: words[part],
          error: isTried && isMissing(part) ? t('case.translateAll') : undefined,
        }
        const write = (text: string) => change({ [part]: text })
        return part === 'setting' ? (
          <Field key={part} {...props} onChange={(event) => write(event.currentTarget.value)} />
        ) : (
          <TextBox key={part} {...props} onChange={(event) => write(event.currentTarget.value)} />
        )
      })}
      {guard.warning}
      <ProblemLine code={doing.problem} takesNoPatientData />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button look="quiet" aria-disabled={doing.busy || undefined}>
          {t('said.save')}
        </Button>
        <LinkButton onClick={onClose}>{t('cancel')}</LinkButton>
      </div>
    </form>
  )
}
