import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/languages'
import { Button } from '../../components/button'
import { useLater } from '../../lib/later'
import { ClearedLine } from './cleared-line'
import { detectorNow, loadDetector } from './detector'
import { PlainWarning } from './plain-warning'

// comes with the detector
const loadWarning = () => import('./patient-warning')

/**
 * Asks before a text that is sent by a script leaves. Never in the way: while the detector has not
 * come, the text goes and the server asks.
 *
 * @param write puts a text into the field
 * @param send sends it all the same
 */
export function usePatientGuard({
  text,
  lang,
  write,
  send,
}: {
  text: string
  lang: Language
  write: (text: string) => void
  send: () => void
}): {
  /** @returns whether the person is asked first */
  asks: (text: string) => boolean
  /** The server asked. */
  ask: () => void
  warning: ReactNode
} {
  const { t } = useTranslation('privacy')
  const [asked, setAsked] = useState(false)
  const [cleared, setCleared] = useState<string | null>(null)
  useEffect(() => {
    if (text === '') setAsked(false)
    else void loadDetector()
  }, [text])
  const PatientWarning = useLater(loadWarning, text !== '')?.PatientWarning
  const keep = (
    <Button type="button" look="quiet" onClick={send}>
      {t('warning.keep')}
    </Button>
  )
  const plain = <PlainWarning keep={keep} />
  return {
    asks(text) {
      const found = detectorNow()?.findPatientData(text) ?? []
      setAsked(found.length > 0)
      return found.length > 0
    },
    ask: () => setAsked(true),
    warning: (
      <>
        {asked &&
          text !== '' &&
          text !== cleared &&
          (PatientWarning ? (
            <Suspense fallback={plain}>
              <PatientWarning
                suspects={[{ name: 'text', text, lang }]}
                onReplace={(_name, text) => {
                  write(text)
                  setCleared(text)
                  setAsked(false)
                }}
                keep={keep}
              />
            </Suspense>
          ) : (
            plain
          ))}
        {cleared !== null && cleared === text && text !== '' && <ClearedLine />}
      </>
    ),
  }
}
