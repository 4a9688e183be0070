import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { CounterpartView } from '../../../shared/schemas/counterparts'
import type { InvitationView } from '../../../shared/schemas/invitations'
import type { MemberView, SideView } from '../../../shared/views'
import { ButtonLink } from '../../components/button'
import { Face } from '../../components/face'
import { InLanguage, LocalizedTitle } from '../../components/localized-title'
import { ListHead, PageBody } from '../../components/page-frame'
import { PersonName, ShortName } from '../../components/person-name'
import type { Refusal } from '../../lib/refusal'
import { Refused } from '../sign-in/refused'
import { CadreName } from './cadre-name'
import { InvitationList } from './invitation-list'
import { OwnCounterparts } from './own-counterparts'

type Props = {
  /** Address of the partnership. */
  base: string
  sides: readonly SideView[]
  members: readonly MemberView[]
  counterparts: readonly CounterpartView[]
  /** Null: not the reader's to see. */
  invitations: readonly InvitationView[] | null
  myId: string
  mySideId: string | null
  /** How many letters have just gone. */
  sent: number
  refusal: Refusal | null
}

/** Everybody by side; addresses only where the server has sent them. */
export function PeoplePage(props: Props) {
  const { t } = useTranslation('people')
  const { base, sides, members, counterparts, invitations, myId, mySideId, sent, refusal } = props
  return (
    <PageBody>
      <ListHead
        title={t('list.title')}
        lead={t('list.lead', { count: members.length })}
        action={
          invitations && <ButtonLink to={`${base}/people/invite`}>{t('list.invite')}</ButtonLink>
        }
      />
      <div className="grid gap-8">
        {(sent > 0 || refusal) && (
          <div className="grid gap-3">
            <Refused refusal={refusal} />
            {sent > 0 && !refusal && (
              <p role="status" className="rounded-lg bg-accent-wash px-3.5 py-2.5">
                {t('list.sent', { count: sent })}
              </p>
            )}
          </div>
        )}
        {mySideId && (
          <OwnCounterparts
            base={base}
            counterparts={counterparts}
            members={members}
            sides={sides}
            myId={myId}
          />
        )}
        {sides.map((side) => (
          <Side
            key={side.id}
            side={side}
            {...props}
            members={members.filter(({ sideId }) => sideId === side.id)}
          />
        ))}
        {invitations && <InvitationList invitations={invitations} sides={sides} />}
      </div>
    </PageBody>
  )
}

function Side({ side, ...props }: Props & { side: SideView }) {
  const { t } = useTranslation('people')
  const { members } = props
  const lead = side.institutions[0]
  const bar = side.tone === 'a' ? 'bg-side-a' : 'bg-side-b'
  return (
    <section aria-labelledby={`side-${side.id}`}>
      <div className="mb-3 flex gap-3">
        <span aria-hidden="true" className={`w-1 shrink-0 rounded-full ${bar}`} />
        <div id={`side-${side.id}`}>
          <h2 className="text-lg">
            <InLanguage text={side.place} />
          </h2>
          {lead && (
            <div className="mt-0.5">
              <LocalizedTitle text={lead.name} />
            </div>
          )}
        </div>
      </div>
      {members.length === 0 ? (
        <p className="text-ink-2">{t('list.emptySide')}</p>
      ) : (
        <ul className="rounded-card border border-line bg-surface">
          {members.map((member) => (
            <Person key={member.userId} {...props} member={member} tone={side.tone} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Person({
  member,
  tone,
  base,
  counterparts,
  invitations,
  myId,
  mySideId,
}: Props & { member: MemberView; tone: 'a' | 'b' }) {
  const { t } = useTranslation(['people', 'common'])
  const { userId, name, cadre, role, languages, email, sideId } = member
  const isMe = userId === myId
  const mayPropose =
    mySideId !== null &&
    mySideId !== sideId &&
    role !== 'observer' &&
    !counterparts.some(({ mine, people }) => mine && people.some((p) => p.userId === userId))
  const way = isMe
    ? t('list.ownPost')
    : invitations
      ? t('list.change')
      : mayPropose && t('counterparts.propose')
  const peers = counterparts
    .filter(
      ({ status, people }) => status === 'confirmed' && people.some((p) => p.userId === userId),
    )
    .flatMap(({ people }) => people.filter((p) => p.userId !== userId))
  return (
    <li className="grid gap-x-6 gap-y-1 border-t border-line px-4 py-3 first:border-t-0 sheet:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_minmax(0,1fr)] sheet:px-5">
      <div className="flex min-w-0 items-start gap-3">
        <Face name={name} tone={tone} />
        <div className="min-w-0">
          <PersonName name={name} note={isMe ? t('list.you') : undefined} />
          {peers.length > 0 && (
            <p className="mt-0.5 text-[13px] text-ink-2">
              {t('counterparts.with')}{' '}
              {peers.map((peer, at) => (
                <span key={peer.userId}>
                  {at > 0 && ', '}
                  <ShortName name={peer.name} />
                </span>
              ))}
            </p>
          )}
        </div>
      </div>
      <p className="ml-10 sheet:ml-0">
        <CadreName cadre={cadre} />
        <span className="block text-[13px] text-ink-2">{t(`common:role.${role}`)}</span>
      </p>
      <div className="ml-10 min-w-0 text-[13px] text-ink-2 sheet:ml-0">
        <span className="sr-only">{t('list.languages')}: </span>
        {languages.map((lang) => t(`common:language.${lang}`)).join(', ')}
        {email && (
          <a
            href={`mailto:${email}`}
            className="block break-all text-accent underline-offset-4 hover:underline"
          >
            {email}
          </a>
        )}
        {way && (
          <p>
            <Link
              to={`${base}/people/${userId}`}
              className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
            >
              {way}
              {!isMe && (
                <span className="sr-only">
                  {': '}
                  <ShortName name={name} />
                </span>
              )}
            </Link>
          </p>
        )}
      </div>
    </li>
  )
}

/** For an observer, who may see the partnership but not the list of its people. */
export function ClosedPeople({ leaveTo }: { leaveTo: string }) {
  const { t } = useTranslation('people')
  return (
    <PageBody>
      <h1 tabIndex={-1}>{t('closed.title')}</h1>
      <p className="mt-3 max-w-[60ch] text-ink-2">{t('closed.lead')}</p>
      <p className="mt-4">
        <Link
          to={leaveTo}
          className="rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('list.ownPost')}
        </Link>
      </p>
    </PageBody>
  )
}
