import { useTranslation } from 'react-i18next'
import type { PersonView } from '../../shared/views'
import { useReader } from '../lib/format'
import { fullName } from '../lib/names'
import { useVisitor } from '../lib/visitor'
import { Face } from './face'

/** More faces than this say less than a number. */
const SHOWN = 4

/** Who is here now: faces in the sides' colours, names for everybody who asks; nothing while nobody is. */
export function PeopleHere({
  people,
  label,
}: {
  people: readonly PersonView[]
  /** What “here” is; the partnership when not told. */
  label?: string
}) {
  const { t } = useTranslation()
  const { lang } = useReader()
  const { person: me } = useVisitor()
  if (people.length === 0) return null
  const more = people.slice(SHOWN)
  const nameOf = (person: PersonView) => {
    const { text } = fullName(person.name, lang).main
    return person.id === me?.id ? t('here.me', { name: text }) : text
  }
  return (
    <ul aria-label={label ?? t('here.label')} className="flex items-center -space-x-1.5">
      {people.slice(0, SHOWN).map((person) => (
        <li key={person.id} title={nameOf(person)} className="rounded-full ring-2 ring-surface">
          <Face name={person.name} tone={person.tone} />
          <span className="sr-only">{nameOf(person)}</span>
        </li>
      ))}
      {more.length > 0 && (
        <li title={more.map(nameOf).join(', ')} className="pl-3 text-[13px] text-ink-2">
          <span aria-hidden="true">+{more.length}</span>
          <span className="sr-only">{t('here.more', { count: more.length })}</span>
        </li>
      )}
    </ul>
  )
}
