import { useTranslation } from 'react-i18next'
import type { AttendeeView } from '../../shared/room-views'
import { useReader } from '../lib/format'
import { shortName } from '../lib/names'
import { ShortName } from './person-name'

type Person = Pick<AttendeeView, 'userId' | 'name'>

/** Somebody of a workshop's room: a guest, whose name nobody but they themselves vouch for, is called one. */
export function AttendeeName({ person }: { person: Person }) {
  const word = useGuestWord()(person)
  return (
    <>
      <ShortName name={person.name} />
      {word && <span className="font-normal"> {word}</span>}
    </>
  )
}

/** Whom a button is about, where there is one for each in a list: to the ear alone. */
export function HiddenName({ of }: { of: Pick<Person, 'name'> | null }) {
  const { lang } = useReader()
  if (!of) return null
  const { text, lang: written } = shortName(of.name, lang)
  return (
    <span lang={written} className="sr-only">
      {text}
    </span>
  )
}

/** The word beside the name of somebody without an account; none for members. */
export function useGuestWord(): (person: Person) => string | undefined {
  const { t } = useTranslation()
  return ({ userId }) => (userId === null ? t('guest') : undefined)
}
