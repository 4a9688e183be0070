import { useTranslation } from 'react-i18next'
import type { AttendeeView } from '../../shared/room-views'
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

/** The word beside the name of somebody without an account; none for members. */
export function useGuestWord(): (person: Person) => string | undefined {
  const { t } = useTranslation()
  return ({ userId }) => (userId === null ? t('guest') : undefined)
}
