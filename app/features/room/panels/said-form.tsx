import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import { ACKNOWLEDGED } from '../../../../shared/patient-data/kinds'
import { Button, type ButtonLook } from '../../../components/button'
import { problemIn } from '../../../lib/ask'
import { growing } from '../../discussions/growing'
import { LinkButton } from '../../discussions/link-button'
import { useWriting, withWritten } from '../../discussions/use-writing'
import { LanguageOffer, WritingLanguage } from '../../discussions/writing-language'
import { usePatientGuard } from '../../privacy/use-patient-guard'
import { useHasDraft } from '../kept-drafts'
import { KeptWords } from '../kept-words'
import { type ActAnswer, SAID_MAX } from '../room-acts'
import { ProblemLine } from './problem-line'

export type Said = { text: string; lang: Language; acknowledged?: typeof ACKNOWLEDGED }

type Props = {
  label: string
  hint?: string
  /** Words of the button. */
  submit: string
  look?: ButtonLook
  /** What there is to say is in this language; chosen by the writer when not given. */
  lang?: Language
  initial?: { text: string; lang?: Language }
  /** Words that come back into it, before what was typed meanwhile; the focus follows them. */
  back?: { text: string; lang: Language } | null
  /** May it be sent without words? */
  mayBeEmpty?: boolean
  /** Longest text. */
  max?: number
  /** Name under which the tab keeps the text until it is sent or thrown away. */
  keptAs?: string
  rows?: number
  send: (said: Said) => Promise<ActAnswer>
  /** Why nothing can be sent any more; what was written stays, to be copied. */
  over?: string | undefined
  /** Closes it; where it always stands there is nothing to close. */
  onClose?: () => void
}

/** Words for the room: nothing typed is lost until the server has it, or it waits for the line. */
export function SaidForm(props: Props) {
  const { label, hint, submit, look = 'quiet', mayBeEmpty = false, max = SAID_MAX, onClose } = props
  const { t } = useTranslation('room-panels')
  const id = useId()
  const writing = useWriting(
    props.lang ? [props.lang] : LANGUAGES,
    { text: props.initial?.text ?? '', lang: props.lang ?? props.initial?.lang },
    props.keptAs,
  )
  const { area, began, text, setText, lang } = writing
  const [answer, setAnswer] = useState<ActAnswer | null>(null)
  const [isSending, setSending] = useState(false)
  const [isEmpty, setEmpty] = useState(false)
  const guard = usePatientGuard({
    text,
    lang,
    write: (next) => writing.write(next, next.length),
    send: () => void send(true),
  })
  const opens = onClose !== undefined
  const hasDraft = useHasDraft()
  // where it has come back with its text, the reader may be anywhere
  const comesBack = useRef(props.keptAs !== undefined && hasDraft(props.keptAs))
  useEffect(() => {
    if (!opens || comesBack.current) return
    // it may have been long on its way: whoever writes elsewhere by now stays there
    if (document.activeElement?.contains(area.current)) area.current?.focus()
  }, [opens, area])
  const { back } = props
  const latest = useRef(writing)
  latest.current = writing
  useEffect(() => {
    if (!back) return
    latest.current.choose(back.lang)
    latest.current.write(withWritten(back.text, latest.current.text), back.text.length)
  }, [back])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what it grows by
  useEffect(() => growing(area.current), [text])

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (isSending) return
    if (!mayBeEmpty && text.trim() === '') {
      setEmpty(true)
      return area.current?.focus()
    }
    // what stood there before is not asked about
    if (text !== began && guard.asks(text)) return
    await send(false)
  }

  async function send(acknowledged: boolean) {
    setSending(true)
    const said: Said = { text, lang, ...(acknowledged && { acknowledged: ACKNOWLEDGED }) }
    const answer = await props.send(said)
    setSending(false)
    setAnswer(answer)
    if (answer === 'unreachable') return
    if ('refused' in answer) {
      // its words are nowhere else by now
      const now = latest.current
      if (!now.text.includes(text)) now.write(withWritten(text, now.text), text.length)
      if (answer.refused === 'patient_data') guard.ask()
      return
    }
    // what was written on meanwhile has not been sent
    if (latest.current.text === text) close()
  }

  function close() {
    writing.forget()
    setText('')
    onClose?.()
  }

  if (props.over !== undefined) {
    return (
      <>
        <p className="text-ink-2">{props.over}</p>
        <KeptWords text={text} lang={lang} />
      </>
    )
  }
  const describing = [hint && `${id}-hint`, isEmpty && `${id}-empty`].filter(Boolean).join(' ')
  return (
    <form
      noValidate
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        // what has been written is thrown away only by its button
        if (event.key === 'Escape' && onClose && text === began) close()
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void onSubmit(event)
      }}
      className="grid max-w-[68ch] gap-2"
    >
      <label htmlFor={id} className="text-[13px] font-medium text-ink-2">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-[13px] text-ink-2">
          {hint}
        </p>
      )}
      <textarea
        id={id}
        ref={area}
        lang={lang}
        value={text}
        maxLength={max}
        rows={props.rows ?? 2}
        aria-invalid={isEmpty || undefined}
        aria-describedby={describing || undefined}
        onChange={(event) => {
          setEmpty(false)
          setText(event.currentTarget.value)
        }}
        className="w-full resize-none rounded-lg border border-line-control bg-surface px-3 py-2 text-base aria-[invalid=true]:border-2 aria-[invalid=true]:border-danger sheet:text-[0.9375rem]"
      />
      {isEmpty && (
        <p id={`${id}-empty`} role="alert" className="text-[13px] font-medium text-danger">
          {t('said.empty')}
        </p>
      )}
      {guard.warning}
      {!props.lang && (
        <LanguageOffer text={text} lang={lang} languages={LANGUAGES} onChange={writing.choose} />
      )}
      <ProblemLine code={answer && problemIn(answer)} hasText />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button look={look} aria-disabled={isSending || undefined}>
          {submit}
        </Button>
        {!props.lang && (
          <WritingLanguage languages={LANGUAGES} value={lang} onChange={writing.choose} />
        )}
        {onClose && <LinkButton onClick={close}>{t('cancel')}</LinkButton>}
      </div>
    </form>
  )
}
