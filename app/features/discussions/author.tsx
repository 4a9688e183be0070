import { useTranslation } from 'react-i18next'
import type { PersonName, PersonView } from '../../../shared/views'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'

/** A whole name in the reader's script; the other script on hover. */
export function FullName({ name }: { name: PersonName }) {
  const { lang } = useReader()
  const { main, other } = fullName(name, lang)
  return (
    <span lang={main.lang} title={other?.text}>
      {main.text}
    </span>
  )
}

/** Who wrote a post; somebody whose account is gone has no name any more. */
export function Author({ person }: { person: PersonView | null }) {
  const { t } = useTranslation('discussions')
  return person ? <FullName name={person.name} /> : t('post.nobody')
}
