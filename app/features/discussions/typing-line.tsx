import { useTranslation } from 'react-i18next'
import type { PersonView } from '../../../shared/views'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { FullName } from './author'

/** Who is writing just now; keeps its line, so that nothing jumps. */
export function TypingLine({ people }: { people: readonly PersonView[] }) {
  const { t } = useTranslation('discussions')
  const [one, two, ...others] = people
  return (
    <p role="status" className="min-h-6 text-[13px] text-ink-2" data-typing={people.length}>
      {one && !two && (
        <Sentence
          say={(part) => t('typing.one', { name: part('name') })}
          parts={{ name: <FullName name={one.name} /> }}
        />
      )}
      {one && two && others.length === 0 && (
        <Sentence
          say={(part) => t('typing.two', { one: part('one'), two: part('two') })}
          parts={{ one: <ShortName name={one.name} />, two: <ShortName name={two.name} /> }}
        />
      )}
      {others.length > 0 && t('typing.many', { count: people.length })}
    </p>
  )
}
