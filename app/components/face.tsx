import type { PersonName } from '../../shared/views'
import { initialsOf, scriptOf } from '../lib/names'

export type Tone = 'a' | 'b'

const TONES: Record<Tone, string> = {
  a: 'bg-side-a-wash text-side-a',
  b: 'bg-side-b-wash text-side-b',
}
const SIZES = { small: 'size-7 text-[11px]', large: 'size-10 text-sm' } as const

/**
 * A person by initials in the colour of their side; neutral for who belongs to none. Stands beside
 * the name and is hidden from screen readers.
 */
export function Face({
  name,
  tone,
  size = 'small',
}: {
  name: PersonName
  tone: Tone | null
  size?: keyof typeof SIZES
}) {
  const colours = tone ? TONES[tone] : 'bg-wash text-ink-2'
  return (
    <span
      aria-hidden="true"
      lang={scriptOf(name)}
      className={`grid shrink-0 place-items-center rounded-full font-bold ${SIZES[size]} ${colours}`}
    >
      {initialsOf(name)}
    </span>
  )
}
