import { useTranslation } from 'react-i18next'
import { REMOVED_NAME } from '../../../shared/patient-data/removed'

/** What a file is called; that it has lost its name is said in the reader's words. */
export function FileName({ name }: { name: string }) {
  const { t } = useTranslation('privacy')
  return name.startsWith(REMOVED_NAME) ? t('removed.name') : name
}
