import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../../shared/languages'
import type { OwnMarks, PollView } from '../../../../shared/room-views'
import { SCALE } from '../../../../shared/workshops'
import { Button } from '../../../components/button'
import { isOk } from '../../../lib/ask'
import { useFocusAfter } from '../../../lib/focus-after'
import { useReader } from '../../../lib/format'
import { readDraft } from '../../../lib/tab-draft'
import { useVisitor } from '../../../lib/visitor'
import { useDraftName, useKeptOpen } from '../kept-drafts'
import { useRoomState } from '../room-context'
import { ProblemLine } from './problem-line'
import { type Said, SaidForm } from './said-form'
import { type Doing, useDoing } from './use-doing'

/** Longest free answer, as the schema of a room's acts has it. */
const ANSWER_MAX = 500

/** The form by which an open poll is answered; changed while it is open, but for a quiz. */
export function PollAnswer({ poll }: { poll: PollView }) {
  const { t } = useTranslation('room-panels')
  const { mine } = useRoomState()
  const answer = mine.answers[poll.id]
  const isFree = poll.form === 'text'
  const keptAs = useDraftName()(`answer ${poll.id}`)
  const { sharedComputer } = useVisitor()
  const [isChanging, setChanging] = useKeptOpen(keptAs, isFree && answer !== undefined)
  const doing = useDoing()
  const focusAfter = useFocusAfter()
  // what is on its way counts as answered already, but its words stay in their form until it is
  const given = isChanging || doing.busy ? undefined : answer
  const form: Answering = {
    poll,
    keptAs,
    isChanging,
    close() {
      focusAfter(`poll-${poll.id}`)
      setChanging(false)
    },
    async send(said) {
      focusAfter(`poll-${poll.id}`)
      const came = await doing.ask({ act: 'vote', item: poll.id, ...said })
      const kept = isFree && isOk(came) ? readDraft(keptAs, sharedComputer) : null
      // what was written on meanwhile has not been sent: its form stays
      if (kept !== null && kept !== said.text) setChanging(true)
      return came
    },
    doing,
  }
  return (
    <>
      {/* always there, so that an answer is told when it has been taken */}
      <div role="status" className="grid gap-1.5 empty:absolute">
        {given && <OwnAnswer poll={poll} answer={given} />}
        {given && poll.purpose === 'quiz' && (
          <p className="text-[13px] text-ink-2">{t('poll.quizStays')}</p>
        )}
      </div>
      {given && poll.purpose === 'poll' && (
        <Button type="button" look="quiet" className="w-fit" onClick={() => setChanging(true)}>
          {t('poll.change')}
        </Button>
      )}
      {!given && isFree && <FreeAnswer {...form} before={answer?.text ?? ''} />}
      {!given && !isFree && <ChosenAnswer {...form} before={answer?.choices ?? []} />}
    </>
  )
}

type Answering = {
  poll: PollView
  /** Name under which the tab keeps free words. */
  keptAs: string
  /** There is an answer already. */
  isChanging: boolean
  close: () => void
  send: (said: Said & { choices: string[] }) => ReturnType<Doing['ask']>
  doing: Doing
}

function FreeAnswer({ keptAs, isChanging, close, send, before }: Answering & { before: string }) {
  const { t } = useTranslation('room-panels')
  return (
    <SaidForm
      label={t('poll.yourAnswer')}
      hint={t('poll.nameless')}
      submit={t('poll.send')}
      look="primary"
      max={ANSWER_MAX}
      initial={{ text: before }}
      keptAs={keptAs}
      {...(isChanging && { onClose: close })}
      send={(said) => send({ choices: [], ...said })}
    />
  )
}

function ChosenAnswer({
  poll,
  isChanging,
  close,
  send,
  doing,
  before,
}: Answering & { before: readonly string[] }) {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (isChanging) form.current?.querySelector<HTMLElement>('input:checked, input')?.focus()
  }, [isChanging])
  const [chosen, setChosen] = useState<readonly string[]>(before)
  const [isEmpty, setEmpty] = useState(false)
  const isMultiple = poll.form === 'multiple'

  function toggle(choice: string, on: boolean) {
    setEmpty(false)
    if (!isMultiple) return setChosen([choice])
    setChosen((known) => [...known.filter((each) => each !== choice), ...(on ? [choice] : [])])
  }

  async function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (doing.busy) return
    if (chosen.length === 0) {
      setEmpty(true)
      return form.current?.querySelector('input')?.focus()
    }
    if (isOk(await send({ choices: [...chosen], text: '', lang }))) close()
  }

  const options =
    poll.form === 'scale'
      ? SCALE.map((value) => ({ id: value, text: { en: value, ru: value } }))
      : poll.options
  return (
    <form ref={form} onSubmit={onSubmit} className="grid gap-3">
      <fieldset
        aria-describedby={`${id}-rule${isEmpty ? ` ${id}-empty` : ''}`}
        className="grid gap-1.5"
      >
        <legend className="sr-only">{pickText(poll.prompt, lang).text}</legend>
        <p id={`${id}-rule`} className="mb-0.5 text-[13px] text-ink-2">
          {t(isMultiple ? 'poll.several' : 'poll.one')}{' '}
          {t(poll.purpose === 'quiz' ? 'poll.quizOnce' : 'poll.mayChange')} {t('poll.nameless')}
        </p>
        <div
          className={poll.form === 'scale' ? 'grid max-w-96 grid-cols-5 gap-1.5' : 'grid gap-1.5'}
        >
          {options.map((choice) => {
            const { text, lang: written } = pickText(choice.text, lang)
            const isScale = poll.form === 'scale'
            return (
              <label
                key={choice.id}
                className={`flex min-h-11 cursor-pointer items-center gap-2.5 rounded-lg border border-line-control bg-surface px-3 py-2 hover:bg-wash has-checked:border-accent has-checked:bg-accent-wash ${isScale ? 'flex-col justify-center gap-1' : ''}`}
              >
                <input
                  type={isMultiple ? 'checkbox' : 'radio'}
                  name={id}
                  value={choice.id}
                  checked={chosen.includes(choice.id)}
                  onChange={(event) => toggle(choice.id, event.currentTarget.checked)}
                  className="size-4.5 shrink-0 accent-(--accent)"
                />
                <span lang={isScale ? undefined : written} className="min-w-0">
                  {isScale ? <ScaleValue value={text} /> : text}
                </span>
              </label>
            )
          })}
        </div>
        {poll.form === 'scale' && (
          <p aria-hidden="true" className="flex max-w-96 justify-between text-[13px] text-ink-2">
            <span>{t('poll.least')}</span>
            <span>{t('poll.most')}</span>
          </p>
        )}
      </fieldset>
      {isEmpty && (
        <p id={`${id}-empty`} role="alert" className="text-[13px] font-medium text-danger">
          {t('poll.choose')}
        </p>
      )}
      <ProblemLine code={doing.problem} />
      <p className="flex flex-wrap gap-2">
        <Button aria-disabled={doing.busy || undefined}>{t('poll.send')}</Button>
        {isChanging && (
          <Button type="button" look="quiet" onClick={close}>
            {t('cancel')}
          </Button>
        )}
      </p>
    </form>
  )
}

/** What the ends of a scale mean stands beneath it for the eye, and in their names for the ear. */
function ScaleValue({ value }: { value: string }) {
  const { t } = useTranslation('room-panels')
  const meaning = value === '1' ? t('poll.least') : value === '5' ? t('poll.most') : null
  if (!meaning) return <>{value}</>
  return (
    <>
      <span aria-hidden="true">{value}</span>
      <span className="sr-only">{meaning}</span>
    </>
  )
}

/** What the reader has answered themselves. */
export function OwnAnswer({
  poll,
  answer,
}: {
  poll: PollView
  answer: OwnMarks['answers'][string]
}) {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const chosen = poll.options.filter(({ id }) => answer.choices.includes(id))
  return (
    <p>
      <span className="text-ink-2">{t('poll.youAnswered')}</span>{' '}
      {poll.form === 'text' && <span className="whitespace-pre-wrap">{answer.text}</span>}
      {poll.form === 'scale' && <strong>{answer.choices.join(', ')}</strong>}
      {chosen.map((option, at) => {
        const { text, lang: written } = pickText(option.text, lang)
        return (
          <strong key={option.id} lang={written} className="font-semibold">
            {at > 0 && ', '}
            {text}
          </strong>
        )
      })}
    </p>
  )
}
