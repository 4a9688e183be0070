import { useTranslation } from 'react-i18next'
import { Face } from '../../components/face'
import { useReader } from '../../lib/format'
import { useHere } from '../../lib/live'
import { shortName } from '../../lib/names'
import { useVisitor } from '../../lib/visitor'

/** Names that are written out; more of them say less than a number. */
const SHOWN = 8

/** Who else has the partnership open: faces with their names; nothing until it is known. */
export function HereNow() {
  const { t } = useTranslation('partnerships')
  const { lang } = useReader()
  const { person: me } = useVisitor()
  const here = useHere()
  if (here.length === 0) return null
  const others = here.filter((person) => person.id !== me?.id)
  if (others.length === 0) {
    return <p className="mt-1 text-[13px] text-ink-3">{t('home.hereAlone')}</p>
  }
  const more = others.length - SHOWN
  return (
    <div className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line pt-2.5 text-[13px]">
      <p id="here-title" className="text-ink-2">
        {t('home.hereNow')}
      </p>
      <ul aria-labelledby="here-title" className="flex flex-wrap gap-x-4 gap-y-1.5">
        {others.slice(0, SHOWN).map(({ id, name, tone }) => {
          const short = shortName(name, lang)
          return (
            <li key={id} className="flex items-center gap-1.5">
              <Face name={name} tone={tone} />
              <span lang={short.lang}>{short.text}</span>
            </li>
          )
        })}
        {more > 0 && (
          <li className="self-center text-ink-2">{t('home.hereMore', { count: more })}</li>
        )}
      </ul>
    </div>
  )
}
