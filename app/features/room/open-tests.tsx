import { useLater } from '../../lib/later'
import { useRoomState } from './room-context'
import { TestsCard } from './tests-card'

const loadCard = () => import('./tests-card')

/** Tests are open for minutes: their code comes then; where no script brings it, it is in the page. */
export function OpenTests() {
  const { tests } = useRoomState()
  const Card = useLater(loadCard, tests.length > 0)?.TestsCard
  return (
    <>
      {Card && <Card />}
      <noscript className="block">{import.meta.env.SSR && <TestsCard />}</noscript>
    </>
  )
}
