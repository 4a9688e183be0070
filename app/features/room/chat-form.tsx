import { Form } from '@remix-run/react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../shared/languages'
import { ACKNOWLEDGED } from '../../../shared/patient-data/kinds'
import { Button } from '../../components/button'
import { useHydrated } from '../../lib/hydrated'
import { useLater } from '../../lib/later'
import type { Refusal } from '../../lib/refusal'
import { newClientKey } from '../discussions/client-key'
import { useWriting, withWritten } from '../discussions/use-writing'
import { LanguageOffer, WritingLanguage } from '../discussions/writing-language'
import { AskedForm } from '../privacy/asked-form'
import { usePatientGuard } from '../privacy/use-patient-guard'
import { CHAT_TEXT } from './chat-ids'
import { KeptWords } from './kept-words'
import { ProblemLine } from './panels/problem-line'
import { SAID_MAX, type UnsentAct } from './room-acts'
import { useRoomState } from './room-context'

// come when the server has asked, and when nothing is said here any more
const loadAsked = () => import('../privacy/asked-form')
const loadKept = () => import('./kept-words')

/** Where a message is written: gone from the field at once, and a plain form without scripts. */
export function ChatForm({
  refusal,
  clientKey,
  again,
  isOver,
  onSent,
}: {
  refusal: Refusal | null
  clientKey: string
  /** A message that was not sent, to be written again. */
  again: UnsentAct | null
  /** Nothing is said here any more. */
  isOver: boolean
  onSent: () => void
}) {
  const { t } = useTranslation(['room', 'privacy'])
  const { leave, me, workshop } = useRoomState()
  const form = useRef<HTMLFormElement>(null)
  const scripted = useHydrated()
  const [isEmpty, setEmpty] = useState(false)
  const kept = refusal?.values
  const Asked = useLater(loadAsked, refusal !== null)?.AskedForm
  const { area, text, setText, lang, choose, write } = useWriting(
    LANGUAGES,
    { text: kept?.text ?? '', lang: LANGUAGES.find((each) => each === kept?.lang) },
    `draft ${me.userId ?? me.id} ${workshop.id} chat`,
  )
  const Kept = useLater(loadKept, isOver && text !== '')?.KeptWords
  const guard = usePatientGuard({
    text,
    lang,
    write: (next) => write(next, next.length),
    send: () => send(true),
  })
  const latest = useRef({ text, write, choose, ask: guard.ask })
  latest.current = { text, write, choose, ask: guard.ask }
  useEffect(() => {
    if (again?.act.act !== 'say') return
    latest.current.choose(again.act.lang)
    const { text } = again.act
    latest.current.write(withWritten(text, latest.current.text), text.length)
    if (again.refused === 'patient_data') latest.current.ask()
  }, [again])

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (text.trim() === '') {
      setEmpty(true)
      return area.current?.focus()
    }
    if (!guard.asks(text)) send(false)
  }

  function send(isAcknowledged: boolean) {
    const acknowledged = isAcknowledged ? ACKNOWLEDGED : undefined
    leave({ act: 'say', text, lang, acknowledged, clientKey: newClientKey() })
    setText('')
    area.current?.focus()
    onSent()
  }

  const asked = { refusal, form, also: { name: 'act', value: kept?.act ?? 'say' } }

  if (isOver) {
    return (
      <div className="grid gap-2 border-t border-line px-4 py-3">
        <p className="text-[13px] text-ink-2">{t('chat.over')}</p>
        {Kept && <Kept text={text} lang={lang} />}
        <noscript className="block">
          {import.meta.env.SSR && <KeptWords text={text} lang={lang} />}
        </noscript>
      </div>
    )
  }
  return (
    <Form
      ref={form}
      method="post"
      onSubmit={onSubmit}
      className="sticky bottom-(--room-bar) grid gap-2 border-t border-line bg-surface px-4 pt-3 pb-3 rail:static print:hidden [@media(scripting:none)]:static"
    >
      <ProblemLine code={refusal?.refused.code ?? null} hasText />
      <input type="hidden" name="clientKey" value={kept?.clientKey ?? clientKey} />
      <label htmlFor={CHAT_TEXT} className="sr-only">
        {t('chat.label')}
      </label>
      <textarea
        id={CHAT_TEXT}
        ref={area}
        name="text"
        lang={lang}
        rows={1}
        required={!scripted}
        maxLength={SAID_MAX}
        value={text}
        placeholder={t('chat.placeholder')}
        aria-keyshortcuts="Control+Enter"
        aria-invalid={isEmpty || undefined}
        aria-describedby={isEmpty ? `${CHAT_TEXT}-empty` : undefined}
        onChange={(event) => {
          setEmpty(false)
          setText(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit(event)
        }}
        className="block min-h-10 w-full resize-none rounded-lg border border-line-control bg-surface px-3 py-2 text-base sheet:text-[0.9375rem]"
      />
      {isEmpty && (
        <p id={`${CHAT_TEXT}-empty`} role="alert" className="text-[13px] font-medium text-danger">
          {t('chat.empty')}
        </p>
      )}
      {Asked ? (
        <Asked {...asked} />
      ) : (
        refusal?.refused.code === 'patient_data' && (
          // until the scripts have come
          <p role="alert" className="text-[13px] [@media(scripting:none)]:hidden">
            <input type="hidden" name="act" value={asked.also.value} />
            {t('privacy:warning.unnamed')}.{' '}
            <Button look="quiet" name="acknowledged" value={ACKNOWLEDGED}>
              {t('privacy:warning.keep')}
            </Button>
          </p>
        )
      )}
      <noscript className="block empty:hidden">
        {import.meta.env.SSR && <AskedForm {...asked} />}
      </noscript>
      {guard.warning}
      <LanguageOffer text={text} lang={lang} languages={LANGUAGES} onChange={choose} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <WritingLanguage languages={LANGUAGES} value={lang} onChange={choose} />
        <span className="ml-auto flex gap-2">
          {/* with scripts questions have a place of their own */}
          {!scripted && (
            <Button
              look="quiet"
              name="act"
              value="ask"
              className="hidden [@media(scripting:none)]:inline-flex"
            >
              {t('chat.asQuestion')}
            </Button>
          )}
          <Button name="act" value="say">
            {t('chat.send')}
          </Button>
        </span>
      </div>
    </Form>
  )
}
