import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../../lib/ask'
import { LinkButton } from './link-button'

/** Done by the second press: the first one asks. */
export function ConfirmButton({
  id,
  ask,
  question,
  confirm,
  onConfirm,
}: {
  /** Of the first button. */
  id?: string
  ask: string
  question: string
  confirm: string
  onConfirm: () => Promise<Answer<unknown>>
}) {
  const { t } = useTranslation(['discussions', 'errors'])
  const [asked, setAsked] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const yes = useRef<HTMLButtonElement>(null)
  const first = useRef<HTMLButtonElement>(null)
  const wasAsked = useRef(false)
  useEffect(() => {
    if (asked) yes.current?.focus()
    else if (wasAsked.current) first.current?.focus()
    wasAsked.current = asked
  }, [asked])

  async function act() {
    const answer = await onConfirm()
    setAsked(false)
    if (answer === 'unreachable')
      setProblem(`${t('errors:unreachable')}. ${t('errors:page.lineAgain')}`)
    else if ('refused' in answer) setProblem(t(`errors:${answer.refused}`))
    else setProblem(null)
  }

  if (!asked) {
    return (
      <>
        <button
          id={id}
          ref={first}
          type="button"
          onClick={() => setAsked(true)}
          className="min-h-7 rounded-md px-1.5 text-[13px] font-medium text-ink-2 hover:bg-wash hover:text-ink"
        >
          {ask}
        </button>
        {problem && (
          <span role="alert" className="text-[13px] text-danger">
            {problem}
          </span>
        )}
      </>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape takes the question back
    <span
      className="inline-flex flex-wrap items-center gap-1 text-[13px]"
      onKeyDown={(event) => event.key === 'Escape' && setAsked(false)}
    >
      <span className="px-1.5">{question}</span>
      <button
        ref={yes}
        type="button"
        onClick={act}
        className="min-h-7 rounded-md border border-danger px-2.5 font-semibold text-danger hover:bg-danger-wash"
      >
        {confirm}
      </button>
      <LinkButton onClick={() => setAsked(false)}>{t('composer.cancel')}</LinkButton>
    </span>
  )
}
