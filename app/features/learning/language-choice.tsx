import { Choice } from '../library/fields'

/** The language that somebody's own words are in. */
export function LanguageChoice({ label, chosen }: { label: string; chosen: string }) {
  return (
    <Choice label={label} name="lang" defaultValue={chosen}>
      <option value="en" lang="en">
        English
      </option>
      <option value="ru" lang="ru">
        Русский
      </option>
    </Choice>
  )
}
