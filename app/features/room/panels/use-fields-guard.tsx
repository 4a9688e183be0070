import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../../shared/languages'
import { Button } from '../../../components/button'
import { useLater } from '../../../lib/later'
import { detectorNow, loadDetector } from '../../privacy/detector'
import type { Suspect } from '../../privacy/patient-warning'
import { PlainWarning } from '../../privacy/plain-warning'

const loadWarning = () => import('../../privacy/patient-warning')

type Field = { name: string; text: string; lang: Language }

/**
 * Asks before a form of several texts leaves. Never in the way: while the detector has not come, the
 * form goes and the server asks.
 *
 * @param keep sends it all the same; absent where nothing of the kind is ever taken
 */
export function useFieldsGuard({
  fields,
  write,
  keep,
}: {
  fields: readonly Field[]
  write: (name: string, text: string) => void
  keep?: () => void
}): { asks: () => boolean; ask: () => void; warning: ReactNode } {
  const { t } = useTranslation('privacy')
  const [suspects, setSuspects] = useState<readonly Suspect[] | null>(null)
  const isBegun = fields.some(({ text }) => text !== '')
  useEffect(() => {
    if (isBegun) void loadDetector()
  }, [isBegun])
  const PatientWarning = useLater(loadWarning, isBegun)?.PatientWarning
  const button = keep ? (
    <Button type="button" look="quiet" onClick={keep}>
      {t('warning.keep')}
    </Button>
  ) : null
  const plain = <PlainWarning keep={button} />
  const now = suspects?.flatMap(({ name }) => fields.filter((field) => field.name === name)) ?? []
  return {
    asks() {
      const detector = detectorNow()
      const found = fields.filter(({ text }) => (detector?.findPatientData(text).length ?? 0) > 0)
      setSuspects(found.length > 0 ? found : null)
      return found.length > 0
    },
    ask: () => setSuspects(fields.filter(({ text }) => text !== '')),
    warning:
      suspects &&
      (PatientWarning ? (
        <Suspense fallback={plain}>
          <PatientWarning
            suspects={now}
            onReplace={(name, text) => {
              write(name, text)
              setSuspects(null)
            }}
            keep={button}
          />
        </Suspense>
      ) : (
        plain
      )),
  }
}
