import { useTranslation } from 'react-i18next'
import { useReader } from '../../lib/format'
import { scriptOfText } from '../../lib/names'
import { type Present, usePageLive } from './page-live'

/** More faces than this say less than a number. */
const SHOWN = 4

/** Who has the protocol open: initials in the side's colour, names for everybody who asks. */
export function PeopleHere() {
  const { t } = useTranslation(['editor', 'people'])
  const { people } = usePageLive()
  const { lang } = useReader()
  if (people.length === 0) return null
  const nameOf = (person: Present) =>
    (lang === 'en' ? person.latinName : person.cyrillicName) ?? person.name
  const tipOf = (person: Present) =>
    person.isMe ? t('people.me', { name: nameOf(person) }) : nameOf(person)
  const more = people.length - SHOWN
  return (
    <ul className="people-here" aria-label={t('people.label')}>
      {people.slice(0, SHOWN).map((person) => (
        <li key={person.userId} className={`person-here tone-${person.tone}`} title={tipOf(person)}>
          <span aria-hidden="true" lang={scriptOfText(person.initials)}>
            {person.initials}
          </span>
          <span className="sr-only">
            <span lang={scriptOfText(nameOf(person))}>{nameOf(person)}</span>
            {person.isMe && ` (${t('people:list.you')})`}
          </span>
        </li>
      ))}
      {more > 0 && (
        <li className="person-here" title={people.slice(SHOWN).map(tipOf).join(', ')}>
          <span aria-hidden="true">+{more}</span>
          <span className="sr-only">{t('people.more', { count: more })}</span>
        </li>
      )}
    </ul>
  )
}
