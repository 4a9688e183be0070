import { useTranslation } from 'react-i18next'
import { CADRES } from '../../../shared/cadres'

/** A profession in the reader's language; as it was written where we have no word for it. */
export function CadreName({ cadre }: { cadre: string }) {
  const { t } = useTranslation('people')
  const known = CADRES.find((each) => each === cadre)
  return known ? t(`cadre.${known}`) : cadre
}

/** The professions to choose from. */
export function CadreOptions() {
  const { t } = useTranslation('people')
  return CADRES.map((cadre) => (
    <option key={cadre} value={cadre}>
      {t(`cadre.${cadre}`)}
    </option>
  ))
}
