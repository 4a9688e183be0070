import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LetterView } from '../../../shared/outbox-views'
import { ButtonLink } from '../../components/button'

/** What a letter says, as plain text. */
export function LetterText({ letter, backTo }: { letter: LetterView; backTo: string }) {
  const { t } = useTranslation('admin')
  const heading = useRef<HTMLHeadingElement>(null)
  // it opens above the list that it was chosen from
  // biome-ignore lint/correctness/useExhaustiveDependencies: another letter is another opening
  useEffect(() => heading.current?.focus(), [letter.id])
  return (
    <section
      aria-labelledby="letter-subject"
      className="mt-5 rounded-card border border-line bg-surface px-4 py-4 sheet:px-6"
    >
      <h2 id="letter-subject" ref={heading} tabIndex={-1} lang={letter.lang}>
        {letter.subject}
      </h2>
      <p className="mt-1 text-[13px] text-ink-2 [overflow-wrap:anywhere]">
        {t('letters.to', { to: letter.to })}
      </p>
      <pre
        lang={letter.lang}
        className="mt-3 font-mono text-[13px] leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]"
      >
        {letter.text}
      </pre>
      <p className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <ButtonLink to={backTo} look="quiet">
          {t('letters.close')}
        </ButtonLink>
        <span className="text-[13px] text-ink-2">{t('letters.recorded')}</span>
      </p>
    </section>
  )
}
