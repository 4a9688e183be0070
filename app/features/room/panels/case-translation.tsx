import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { otherLanguage } from '../../../../shared/languages'
import type { CaseView, CaseWords } from '../../../../shared/room-views'
import { Button } from '../../../components/button'
import { Field } from '../../../components/field'
import { LinkButton } from '../../discussions/link-button'
import { TextBox } from '../../library/fields'
import { useDraftName, useKeptFields } from '../kept-drafts'
import { SAID_MAX } from '../room-acts'
import { BegunWords, CASE_MAX } from './case-draft'
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
  const kept = useKeptFields(useDraftName()(`translate ${item.id} text`), BegunWords)
  const [initial] = useState(() => wordsOf(item.translation ?? NOTHING))
  const [found] = useState(kept.read)
  const [words, setWords] = useState<CaseWords>(found ?? initial)
  const isChanged = PARTS.some((part) => words[part] !== initial[part])
  useEffect(() => kept.keep(isChanged ? words : null), [kept, isChanged, words])
  const [isTried, setTried] = useState(false)
  const lang = otherLanguage(item.lang)
  const parts = PARTS.filter((part) => item[part] !== '')
  const change = (part: Partial<CaseWords>) => setWords((known) => ({ ...known, ...part }))
  const guard = useFieldsGuard({
    fields: parts.map((name) => ({ name, text: words[name], lang })),
    write: (name, text) => change({ [name]: text }),
  })
  useEffect(() => {
    // where it has come back with its texts, the reader may be anywhere
    if (!found) form.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  }, [found])

  const latest = useRef(words)
  latest.current = words
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
    const answer = await doing.ask({ act: 'translate_case', item: item.id, lang, ...words })
    if (answer === 'unreachable') return
    // what was written on meanwhile has not been sent
    if ('ok' in answer) return latest.current === words ? close() : undefined
    if (answer.refused === 'patient_data') guard.ask()
  }

  function close() {
    kept.keep(null)
    onClose()
  }

  return (
    <form
      ref={form}
      noValidate
      aria-label={t(`said.write_${lang}`)}
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        // what has been written is thrown away only by its button
        if (event.key === 'Escape' && !isChanged) close()
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
      <ProblemLine code={doing.problem} takesNoPatientData hasText />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button look="quiet" aria-disabled={doing.busy || undefined}>
          {t('said.save')}
        </Button>
        <LinkButton onClick={close}>{t('cancel')}</LinkButton>
      </div>
    </form>
  )
}

/** Only the words: a stored translation has its author and its language as well. */
function wordsOf({ setting, problem, course, question }: CaseWords): CaseWords {
  return { setting, problem, course, question }
}
