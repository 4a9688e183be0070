import type { LocalizedText } from '../../../shared/languages'
import { InLanguage } from '../../components/localized-title'

/** Words on a button that every row has, with what it is about for those who hear it alone. */
export function Named({ words, text }: { words: string; text: LocalizedText }) {
  return (
    <span>
      {words}
      <span className="sr-only">
        {': '}
        <InLanguage text={text} />
      </span>
    </span>
  )
}
