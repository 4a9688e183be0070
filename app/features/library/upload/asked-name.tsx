import { useTranslation } from 'react-i18next'
import { Button } from '../../../components/button'
import { detectorNow } from '../../privacy/detector'
import { PatientWarning } from '../../privacy/patient-warning'
import type { Version } from '../usual-version'

/** A file's name as it is looked through: underscores are the spaces of file names. */
export function readableName(name: string): string {
  return name.replaceAll('_', ' ')
}

/** Does the name of a file look like patient data, as far as can be told here? */
export function asksAboutName(name: string): boolean {
  return (detectorNow()?.findPatientData(readableName(name)).length ?? 0) > 0
}

/** A file whose name looks like patient data: sent under another one, as it is, or not at all. */
export function AskedName({
  file,
  version,
  onSend,
  onClose,
}: {
  file: File
  version: Version
  onSend: (file: File, acknowledged: boolean) => void
  onClose: () => void
}) {
  const { t } = useTranslation('privacy')
  const { lang } = version
  return (
    <li data-asked-name="">
      <PatientWarning
        suspects={[{ name: 'filename', text: readableName(file.name), lang }]}
        onReplace={(_name, name) => onSend(renamed(file, name), false)}
        keep={
          <>
            <Button type="button" look="quiet" onClick={() => onSend(file, true)}>
              {t('warning.keepName')}
            </Button>
            <Button type="button" look="quiet" onClick={onClose}>
              {t('warning.noFile')}
            </Button>
          </>
        }
      />
    </li>
  )
}

/** The same bytes under a name that a file can have. */
function renamed(file: File, name: string): File {
  const { type, lastModified } = file
  return new File([file], name.replaceAll('[…]', '…').replaceAll(' ', '_'), { type, lastModified })
}
