import { Suspense, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { useFocusAfter } from '../../lib/focus-after'
import { useLater } from '../../lib/later'
import { ClearedLine } from './cleared-line'
import { useDetector } from './detector'
import type { Suspect } from './patient-warning'
import { PlainWarning } from './plain-warning'

// comes when the server has asked
const loadWarning = () => import('./patient-warning')

/**
 * The question about words that have left their form already, because nobody could ask before the
 * server did: it stands where they wait, and takes the focus from nobody.
 */
export function AskedWords({
  suspects,
  onReplace,
  onKeep,
  onSend,
}: {
  suspects: readonly Suspect[]
  onReplace: (name: string, text: string) => void
  /** Sends it all the same; absent where nothing of the kind is ever taken. */
  onKeep?: (() => void) | undefined
  /** Sends it once it has been de-identified. */
  onSend: () => void
}) {
  const { t } = useTranslation('privacy')
  const sendId = useId()
  const focusAfter = useFocusAfter()
  const detector = useDetector()
  const PatientWarning = useLater(loadWarning)?.PatientWarning
  const keep = onKeep ? (
    <Button type="button" look="quiet" onClick={onKeep}>
      {t('warning.keep')}
    </Button>
  ) : null
  const plain = <PlainWarning keep={keep} />
  if (!detector || !PatientWarning) return plain
  const isClear = suspects.every(({ text }) => detector.findPatientData(text).length === 0)
  if (isClear) {
    return (
      <div className="grid justify-items-start gap-2">
        <ClearedLine />
        <Button id={sendId} type="button" look="quiet" onClick={onSend}>
          {t('warning.send')}
        </Button>
      </div>
    )
  }
  return (
    <Suspense fallback={plain}>
      <PatientWarning
        suspects={suspects}
        onReplace={(name, text) => {
          focusAfter(sendId)
          onReplace(name, text)
        }}
        keep={keep}
        stays
      />
    </Suspense>
  )
}
