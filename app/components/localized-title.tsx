import { type LocalizedText, otherLanguage, pickText } from '../../shared/languages'
import { useReader } from '../lib/format'

type Level = 'h1' | 'h2' | 'h3' | 'span'

/** A title in the reader's language, and under it, lighter, in the other one where there is one. */
export function LocalizedTitle({
  text,
  as: Tag = 'span',
  className = '',
  otherClassName = 'text-[13px]',
}: {
  text: LocalizedText
  as?: Level
  className?: string
  otherClassName?: string
}) {
  const { lang: reader } = useReader()
  const own = pickText(text, reader)
  const other = text[otherLanguage(own.lang)]
  // a heading takes the focus when one arrives from another page
  const focusable = Tag === 'h1' ? { tabIndex: -1 } : {}
  return (
    <>
      <Tag lang={own.lang} className={`block ${className}`} {...focusable}>
        {own.text}
      </Tag>
      {other && (
        <span
          lang={otherLanguage(own.lang)}
          className={`mt-0.5 block text-ink-2 ${otherClassName}`}
        >
          {other}
        </span>
      )}
    </>
  )
}

/** One text in whichever language there is, marked with the language it is really in. */
export function InLanguage({ text, className }: { text: LocalizedText; className?: string }) {
  const { lang: reader } = useReader()
  const own = pickText(text, reader)
  return (
    <span lang={own.lang} className={className}>
      {own.text}
    </span>
  )
}
