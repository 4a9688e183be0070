import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CounterpartView, PeerView } from '../../../shared/schemas/counterparts'
import type { MemberView, SideView } from '../../../shared/views'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Face } from '../../components/face'
import { PersonName, ShortName } from '../../components/person-name'
import { scriptOfText } from '../../lib/names'
import { CadreName } from './cadre-name'
import { suggestedPeers } from './suggested-peers'

type Props = {
  base: string
  counterparts: readonly CounterpartView[]
  members: readonly MemberView[]
  sides: readonly SideView[]
  myId: string
}

/** One's peers at the other site, what waits for an answer, and whom one could ask. */
export function OwnCounterparts({ base, counterparts, members, sides, myId }: Props) {
  const { t } = useTranslation('people')
  const mine = counterparts.filter((each) => each.mine !== null)
  const known = mine.flatMap(({ people }) => people.map(({ userId }) => userId))
  const suggested = suggestedPeers(members, myId, known)
  if (mine.length === 0 && suggested.length === 0) return null
  return (
    <Card title={t('counterparts.title')} id="counterparts-title">
      <p className="max-w-[64ch] text-[13px] text-ink-2">{t('counterparts.lead')}</p>
      {mine.length > 0 && (
        <ul className="mt-3">
          {mine.map((each) => (
            <Pair key={each.id} counterpart={each} myId={myId} />
          ))}
        </ul>
      )}
      {suggested.length > 0 && (
        <>
          <h3 className="mt-4 text-[13px] text-ink-2">{t('counterparts.suggested')}</h3>
          <ul>
            {suggested.map(({ userId, name, cadre, sideId }) => {
              const tone = sides.find(({ id }) => id === sideId)?.tone ?? null
              return (
                <Row key={userId} peer={{ userId, name, cadre, tone }}>
                  <Link
                    to={`${base}/people/${userId}`}
                    className="rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
                  >
                    {t('counterparts.propose')}
                    <span className="sr-only">
                      {': '}
                      <ShortName name={name} />
                    </span>
                  </Link>
                </Row>
              )
            })}
          </ul>
        </>
      )}
    </Card>
  )
}

function Pair({ counterpart, myId }: { counterpart: CounterpartView; myId: string }) {
  const { t } = useTranslation('people')
  const { id, people, topic, mine } = counterpart
  const peer = people.find(({ userId }) => userId !== myId) ?? people[0]
  const said = {
    asked: t('counterparts.asksYou'),
    proposed: t('counterparts.waits'),
    pair: t('counterparts.pair'),
  }
  return (
    <Row
      peer={peer}
      note={
        <>
          {mine && said[mine]}
          {topic && (
            <span className="block">
              {t('counterparts.for')}{' '}
              <span lang={scriptOfText(topic)} className="[overflow-wrap:anywhere]">
                {topic}
              </span>
            </span>
          )}
        </>
      }
    >
      <Form method="post" className="flex flex-wrap gap-2">
        <input type="hidden" name="counterpartId" value={id} />
        {mine === 'asked' && (
          <>
            <Button look="quiet" name="answer" value="confirm">
              {t('counterparts.confirm')}
            </Button>
            <Button look="quiet" name="answer" value="decline">
              {t('counterparts.decline')}
            </Button>
          </>
        )}
        {mine !== 'asked' && (
          <Button look="quiet" name="answer" value="end">
            {mine === 'pair' ? t('counterparts.end') : t('counterparts.withdraw')}
          </Button>
        )}
      </Form>
    </Row>
  )
}

function Row({ peer, note, children }: { peer: PeerView; note?: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-t border-line py-3 first:border-t-0">
      <div className="flex min-w-0 items-start gap-3">
        <Face name={peer.name} tone={peer.tone} />
        <div className="min-w-0">
          <PersonName name={peer.name} />
          <p className="text-[13px] text-ink-2">
            <CadreName cadre={peer.cadre} />
          </p>
          {note && <div className="mt-0.5 text-[13px]">{note}</div>}
        </div>
      </div>
      <div className="ml-10 sheet:ml-0">{children}</div>
    </li>
  )
}
