import { type LocalizedText, otherLanguage, pickText } from '../../shared/languages'
import { useReader } from '../lib/format'

/** “St Petersburg — New Haven”, each place in the reader's language. */
export function PlacesLine({ places }: { places: readonly LocalizedText[] }) {
  const { lang: reader } = useReader()
  return places.map((place, at) => {
    const own = pickText(place, reader)
    return (
      <span key={own.text}>
        {at > 0 && <span className="font-normal text-ink-3">{' — '}</span>}
        <span lang={own.lang}>{own.text}</span>
      </span>
    )
  })
}

/** The same places in the other language, where they are written differently. */
export function OtherPlaces({ places }: { places: readonly LocalizedText[] }) {
  const { lang: reader } = useReader()
  const other = otherLanguage(reader)
  const texts = places.flatMap((place) => place[other] ?? [])
  if (texts.length === 0) return null
  return (
    <p lang={other} className="text-[13px] text-ink-2">
      {texts.join(' — ')}
    </p>
  )
}
