import { Form } from '@remix-run/react'
import { type FormEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/languages'
import type { ReplyView } from '../../../shared/views'
import { Button } from '../../components/button'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import type { Refusal } from '../../lib/refusal'
import { AskedForm } from '../privacy/asked-form'
import { usePatientGuard } from '../privacy/use-patient-guard'
import { LinkButton } from './link-button'
import { MentionButton, MentionList } from './mention-list'
import { TEXT_MAX } from './text-form'
import { useOpenedThread } from './thread-context'
import type { UnsentPost } from './thread-store'
import { useMentions } from './use-mentions'
import { useWriting, withWritten } from './use-writing'
import { LanguageOffer, WritingLanguage } from './writing-language'

/** The counter appears when so many characters are left. */
const LEFT_SHOWN = 1_000

export type Answering = NonNullable<ReplyView['replyTo']> & {
  excerpt?: { text: string; lang: Language }
}

type Props = {
  /** The post that is answered, if any. */
  answering: Answering | null
  onAnswering: (to: Answering | null) => void
  /** A post that was not sent, to be written again. */
  takenBack: UnsentPost | null
  refusal: Refusal | null
}

/** Id of the field where a post of a thread is written. */
export function composerId(threadId: string): string {
  return `composer-${threadId}`
}

/** Where a post is written: a plain form without scripts, and never in the way with them. */
export function Composer({ answering, onAnswering, takenBack, refusal }: Props) {
  const { t } = useTranslation(['discussions', 'errors'])
  const { data, live, scripted, away } = useOpenedThread()
  const { languages, people, me } = data
  const id = composerId(data.page.thread.id)
  const { area, text, setText, lang, choose, write } = useWriting(
    languages,
    {
      text: refusal?.values.text ?? '',
      lang: languages.find((each) => each === refusal?.values.lang),
    },
    `draft ${me.id} ${data.page.thread.id}`,
  )
  const others = people.filter((person) => person.id !== me.id)
  const mentions = useMentions({ area, text, lang, people: others, write })
  const reused = useRef<string>()
  const form = useRef<HTMLFormElement>(null)
  const guard = usePatientGuard({
    text,
    lang,
    write: (next) => write(next, next.length),
    send: () => send(true),
  })

  const writeAgain = useRef({ text, write, choose, ask: guard.ask })
  useEffect(() => {
    writeAgain.current = { text, write, choose, ask: guard.ask }
  })
  useEffect(() => {
    if (!takenBack) return
    reused.current = takenBack.clientKey
    writeAgain.current.choose(takenBack.lang)
    const again = withWritten(takenBack.text, writeAgain.current.text)
    writeAgain.current.write(again, takenBack.text.length)
    if (takenBack.refused === 'patient_data') writeAgain.current.ask()
  }, [takenBack])
  useEffect(() => {
    if (answering && scripted) area.current?.focus()
  }, [answering, scripted, area])

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (text.trim() === '') return area.current?.focus()
    if (!guard.asks(text)) send(false)
  }

  function send(acknowledged: boolean) {
    const replyTo = answering && {
      id: answering.id,
      seq: answering.seq,
      author: answering.author,
    }
    live.send({ text, lang, replyTo, clientKey: reused.current, acknowledged })
    reused.current = undefined
    setText('')
    onAnswering(null)
    area.current?.focus()
  }

  const left = TEXT_MAX - text.length
  return (
    <Form
      ref={form}
      method="post"
      action={live.address}
      onSubmit={onSubmit}
      className="grid gap-2 rounded-card border border-line-control bg-surface p-3 has-[textarea:focus-visible]:border-accent print:hidden"
    >
      {refusal && refusal.refused.code !== 'patient_data' && (
        <p role="alert" className="rounded-lg bg-danger-wash px-3 py-2 text-[13px]">
          <strong className="font-semibold">{t(`errors:${refusal.refused.code}`)}</strong>{' '}
          {t(`errors:${refusal.refused.code}_advice`)}
        </p>
      )}
      {answering && (
        <AnsweringLine to={answering} onRemove={() => onAnswering(null)} scripted={scripted} />
      )}
      <input type="hidden" name="replyTo" value={answering?.id ?? ''} />
      <input type="hidden" name="clientKey" value={refusal?.values.clientKey ?? data.clientKey} />
      <div className="relative">
        <label htmlFor={id} className="sr-only">
          {t('composer.label')}
        </label>
        <textarea
          id={id}
          ref={area}
          name="text"
          lang={lang}
          rows={2}
          required={!scripted}
          maxLength={TEXT_MAX}
          value={text}
          placeholder={t('composer.placeholder')}
          aria-keyshortcuts="Control+Enter"
          {...mentions.field}
          onChange={(event) => {
            setText(event.currentTarget.value)
            mentions.follow()
            if (event.currentTarget.value !== '') live.sayTyping()
          }}
          onKeyDown={(event) => {
            if (mentions.onKey(event)) return
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit(event)
          }}
          className="block w-full resize-none rounded-md bg-surface px-1 py-1 text-base sheet:text-[0.9375rem]"
        />
        {scripted && <MentionList mentions={mentions} />}
      </div>
      <AskedForm refusal={refusal} form={form} />
      {guard.warning}
      <LanguageOffer text={text} lang={lang} languages={languages} onChange={choose} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line pt-2">
        {scripted && <MentionButton mentions={mentions} />}
        <WritingLanguage languages={languages} value={lang} onChange={choose} />
        <span role="status" className="text-[13px] text-ink-2">
          {left < LEFT_SHOWN && t('composer.left', { count: left })}
          {left >= LEFT_SHOWN && away && t('composer.away')}
        </span>
        <span className="ml-auto flex items-center gap-3">
          {scripted && (
            <kbd className="hidden font-sans text-xs text-ink-3 rail:inline">Ctrl + Enter</kbd>
          )}
          <Button>{t('composer.send')}</Button>
        </span>
      </div>
    </Form>
  )
}

function AnsweringLine({
  to,
  onRemove,
  scripted,
}: {
  to: Answering
  onRemove: () => void
  scripted: boolean
}) {
  const { t } = useTranslation('discussions')
  return (
    <div className="flex items-start gap-2 border-l-2 border-accent pl-2.5 text-[13px] text-ink-2">
      <p className="min-w-0 flex-1">
        {to.author ? (
          <Sentence
            say={(part) => t('composer.answering', { seq: to.seq, name: part('name') })}
            parts={{ name: <ShortName name={to.author.name} /> }}
          />
        ) : (
          t('post.answersNumber', { seq: to.seq })
        )}
        {to.excerpt && (
          <span lang={to.excerpt.lang} className="block truncate text-ink-3">
            {to.excerpt.text}
          </span>
        )}
      </p>
      {scripted && <LinkButton onClick={onRemove}>{t('composer.notAnswering')}</LinkButton>}
    </div>
  )
}
