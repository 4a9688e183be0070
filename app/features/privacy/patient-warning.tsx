import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/languages'
import type { PatientDataKind } from '../../../shared/patient-data/kinds'
import { Button } from '../../components/button'
import { useDetector } from './detector'
import { useKindWords } from './kind-words'
import { MarkedText } from './marked-text'

export type Suspect = {
  /** Of the field, and of the answer that replaces it. */
  name: string
  text: string
  lang: Language
  /** As the server said; once the detector is here it knows better. */
  kinds?: readonly PatientDataKind[]
}

/**
 * That something looks like patient data, right under where it was written: what was found, one press
 * that takes it out, and another one that sends it all the same. Nothing is sent until then.
 */
export function PatientWarning({
  suspects,
  onReplace,
  keep,
  stays = false,
}: {
  suspects: readonly Suspect[]
  /** Absent where the text cannot be changed from here. */
  onReplace?: (name: string, text: string) => void
  /** The button that sends it anyway. */
  keep: ReactNode
  /** It comes while its author may be writing on: said aloud, and the focus stays where it is. */
  stays?: boolean
}) {
  const { t } = useTranslation('privacy')
  const detector = useDetector()
  const words = useKindWords()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!stays) box.current?.focus()
  }, [stays])
  const found = suspects.map((suspect) => ({
    ...suspect,
    found: detector?.findPatientData(suspect.text) ?? [],
  }))
  const all = found.flatMap((each) =>
    detector ? detector.kindsOf(each.found) : (each.kinds ?? []),
  )
  const kinds = [...new Set(all)]
  if (detector && kinds.length === 0) return null
  function replaceAll() {
    for (const each of found) {
      if (!detector || each.found.length === 0) continue
      const reading = { lang: each.lang, year: new Date().getFullYear() }
      onReplace?.(each.name, detector.deIdentify(each.text, each.found, reading))
    }
  }
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      data-patient-warning=""
      className="grid gap-2 rounded-lg border-l-[3px] border-drift bg-drift-wash px-3.5 py-2.5 text-[13px] outline-offset-2"
    >
      <p className="font-semibold">
        {kinds.length > 0 ? t('warning.title', { kinds: words(kinds) }) : t('warning.unnamed')}
      </p>
      {found.map(({ name, text, lang, found }) => (
        <MarkedText key={name} text={text} found={found} lang={lang} />
      ))}
      <p className="text-ink-2">{t('warning.why')}</p>
      <p className="flex flex-wrap gap-2">
        {onReplace && detector && (
          <Button type="button" look="quiet" onClick={replaceAll}>
            {t('warning.deIdentify')}
          </Button>
        )}
        {keep}
      </p>
    </div>
  )
}
