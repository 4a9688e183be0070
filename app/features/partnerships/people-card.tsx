import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { CounterpartView } from '../../../shared/schemas/counterparts'
import type { MemberView, SideView } from '../../../shared/views'
import { Card } from '../../components/card'
import { Face } from '../../components/face'
import { PersonName } from '../../components/person-name'
import { CadreName } from '../people/cadre-name'

/** Whom to turn to: one's counterparts, else one's own profession on the other side; coordinators. */
export type Contacts = { counterparts: MemberView[]; coordinators: MemberView[]; isMember: boolean }

export function contactsOf(
  members: readonly MemberView[],
  userId: string,
  pairs: readonly CounterpartView[],
): Contacts {
  const peers = pairs
    .filter(({ mine }) => mine === 'pair')
    .flatMap(({ people }) => people.map((peer) => peer.userId))
  const me = members.find((member) => member.userId === userId)
  const others = members.filter((member) => member.userId !== userId)
  return {
    counterparts: others.filter((each) =>
      peers.length > 0
        ? peers.includes(each.userId)
        : me && each.sideId !== me.sideId && each.cadre === me.cadre,
    ),
    coordinators: others.filter((each) => each.role === 'coordinator'),
    isMember: me !== undefined,
  }
}

export function PeopleCard({
  contacts: { counterparts, coordinators, isMember },
  sides,
  base,
}: {
  contacts: Contacts
  sides: readonly SideView[]
  base: string
}) {
  const { t } = useTranslation('partnerships')
  return (
    <Card title={isMember ? t('people.title') : t('people.titleAdmin')} id="people-title">
      <div className="grid items-start gap-x-8 rail:grid-cols-2">
        {isMember && (
          <div>
            {counterparts.length > 0 ? (
              <Faces members={counterparts} sides={sides} />
            ) : (
              <p className="py-2 text-[13px] text-ink-2">{t('people.none')}</p>
            )}
          </div>
        )}
        <div>
          {isMember && coordinators.length > 0 && (
            <h3 className="mt-4 text-[13px] text-ink-2 rail:-mt-[26px] rail:mb-1.5">
              {t('people.coordinators')}
            </h3>
          )}
          <Faces members={coordinators} sides={sides} />
        </div>
      </div>
      <p className="mt-3">
        <Link
          to={`${base}/people`}
          prefetch="intent"
          className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('people.all')}
        </Link>
      </p>
    </Card>
  )
}

function Faces({ members, sides }: { members: readonly MemberView[]; sides: readonly SideView[] }) {
  return (
    <ul className="flex flex-wrap gap-x-8">
      {members.map((member) => (
        <li key={member.userId} className="flex items-start gap-3 py-2">
          <Face
            name={member.name}
            tone={sides.find((side) => side.id === member.sideId)?.tone ?? null}
          />
          <div className="min-w-0">
            <PersonName name={member.name} />
            <p className="text-xs text-ink-3">
              <CadreName cadre={member.cadre} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
