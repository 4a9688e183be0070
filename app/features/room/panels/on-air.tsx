import { useTranslation } from 'react-i18next'
import { Sentence } from '../../../components/sentence'
import { useLater } from '../../../lib/later'
import { useRoomState } from '../room-context'
import { Brief, briefOf, textOf } from './on-air-brief'
import { OnAirStrips } from './on-air-strips'

const loadStrips = () => import('./on-air-strips')

/** The question or the case that the room is talking about now, folded; nothing while there is none. */
export function OnAir() {
  const { t } = useTranslation('room-panels')
  const { questions, cases, status } = useRoomState()
  const isLive = status === 'live'
  const question = questions.find((each) => isLive && each.status === 'on_air' && !each.deletedAt)
  const presented = cases.find((each) => isLive && each.status === 'on_air' && !each.deletedAt)
  const Strips = useLater(loadStrips, Boolean(question ?? presented))?.OnAirStrips
  return (
    <>
      <p role="status" className="sr-only">
        {question && (
          <Sentence
            say={(part) => t('question.toldOnAir', { question: part('words') })}
            parts={{ words: <Brief said={question} textOf={textOf} /> }}
          />
        )}{' '}
        {presented && (
          <Sentence
            say={(part) => t('case.toldOnAir', { question: part('words') })}
            parts={{ words: <Brief said={presented} textOf={briefOf} /> }}
          />
        )}
      </p>
      {Strips && <Strips question={question} presented={presented} />}
      {/* not `contents`: browsers show its markup then, as words */}
      <noscript className="grid gap-4">
        {import.meta.env.SSR && <OnAirStrips question={question} presented={presented} />}
      </noscript>
    </>
  )
}
