import type { PersonName as Name } from '../../shared/views'
import { useReader } from '../lib/format'
import { fullName, shortName } from '../lib/names'

/** A person's whole name in the reader's script, the other script under it. */
export function PersonName({
  name,
  note,
  className = 'font-semibold',
}: {
  name: Name
  /** A word after the name, such as “you”. */
  note?: string | undefined
  className?: string
}) {
  const { lang } = useReader()
  const { main, other } = fullName(name, lang)
  return (
    <span className="block min-w-0">
      <span lang={main.lang} className={className}>
        {main.text}
      </span>
      {note && <span className="text-xs text-ink-3"> {note}</span>}
      {other && (
        <span lang={other.lang} className="block text-[13px] text-ink-2">
          {other.text}
        </span>
      )}
    </span>
  )
}

/** A byline: initials and family name; the whole name in both scripts on hover. */
export function ShortName({ name }: { name: Name }) {
  const { lang } = useReader()
  const { text, lang: written } = shortName(name, lang)
  const { main, other } = fullName(name, lang)
  return (
    <span lang={written} title={[main.text, other?.text].filter(Boolean).join(' · ')}>
      {text}
    </span>
  )
}
