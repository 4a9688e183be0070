import { Link } from '@remix-run/react'
import type { Editor } from '@tiptap/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../../shared/languages'
import { Button } from '../../../components/button'
import { useDetector } from '../../privacy/detector'
import { useKindWords } from '../../privacy/kind-words'
import { MarkedText } from '../../privacy/marked-text'
import { purgePath } from '../../privacy/purge-link'
import { useLive } from './live-context'
import { PatientWatch, type SuspectBlock } from './patient-watch'

type Editors = Record<Language, Editor>

/**
 * A quiet word about a paragraph that looks like patient data, when its writer pauses. It never stands
 * in the way of typing: the text is live already, and what it offers are ordinary edits.
 */
export default function PatientStrip({ editors, slug }: { editors: Editors; slug: string }) {
  const { t } = useTranslation('privacy')
  const { opened, say } = useLive()
  const words = useKindWords()
  const detector = useDetector()
  const watch = useRef<PatientWatch>()
  const [suspect, setSuspect] = useState<SuspectBlock | null>(null)
  useEffect(() => {
    if (!detector) return
    const made = new PatientWatch(editors, detector.findPatientData, setSuspect)
    watch.current = made
    return () => made.destroy()
  }, [editors, detector])

  function deIdentify({ lang, text, found }: SuspectBlock) {
    const reading = { lang, year: new Date().getFullYear() }
    const steps = detector?.replacementsIn(text, found, reading) ?? []
    if (suspect && watch.current?.replace(suspect, steps)) say(t('strip.done'))
  }
  const { may, protocol } = opened
  return (
    <div role="status" className="patient-strip">
      {suspect && detector && (
        <div className="grid gap-1.5 rounded-lg border border-drift-line bg-drift-wash px-3.5 py-2.5 text-[13px] shadow-float">
          <p className="font-semibold">
            {t('strip.title', { kinds: words(detector.kindsOf(suspect.found)) })}
          </p>
          <MarkedText {...suspect} />
          <p className="flex flex-wrap items-center gap-2">
            <Button type="button" look="quiet" onClick={() => deIdentify(suspect)}>
              {t('strip.deIdentify')}
            </Button>
            <Button type="button" look="quiet" onClick={() => watch.current?.leave(suspect)}>
              {t('strip.leave')}
            </Button>
            {may.purge && suspect.unit && (
              <Link
                to={purgePath(slug, {
                  what: 'text',
                  protocol: protocol.id,
                  unit: suspect.unit,
                  lang: suspect.lang,
                })}
                className="notice-link"
              >
                {t('strip.purge')}
              </Link>
            )}
          </p>
        </div>
      )}
    </div>
  )
}
