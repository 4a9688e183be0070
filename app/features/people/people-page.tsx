import { useTranslation } from 'react-i18next'
import type { MemberView, SideView } from '../../../shared/views'
import { Face } from '../../components/face'
import { InLanguage, LocalizedTitle } from '../../components/localized-title'
import { PageBody } from '../../components/page-frame'
import { PersonName } from '../../components/person-name'
import { CadreName } from './cadre-name'

type Props = { sides: readonly SideView[]; members: readonly MemberView[]; myId: string }

/** Everybody by side; addresses only where the server has sent them. */
export function PeoplePage({ sides, members, myId }: Props) {
  const { t } = useTranslation('people')
  return (
    <PageBody>
      <h1 tabIndex={-1}>{t('list.title')}</h1>
      <p className="mt-1 text-ink-2">{t('list.lead', { count: members.length })}</p>
      <div className="mt-6 grid gap-8">
        {sides.map((side) => (
          <Side
            key={side.id}
            side={side}
            members={members.filter(({ sideId }) => sideId === side.id)}
            myId={myId}
          />
        ))}
      </div>
    </PageBody>
  )
}

function Side({
  side,
  members,
  myId,
}: {
  side: SideView
  members: readonly MemberView[]
  myId: string
}) {
  const { t } = useTranslation('people')
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
            <Person
              key={member.userId}
              member={member}
              tone={side.tone}
              isMe={member.userId === myId}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

function Person({ member, tone, isMe }: { member: MemberView; tone: 'a' | 'b'; isMe: boolean }) {
  const { t } = useTranslation(['people', 'common'])
  const { name, cadre, role, languages, email } = member
  return (
    <li className="grid gap-x-6 gap-y-1 border-t border-line px-4 py-3 first:border-t-0 sheet:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_minmax(0,1fr)] sheet:px-5">
      <div className="flex min-w-0 items-start gap-3">
        <Face name={name} tone={tone} />
        <div className="min-w-0">
          <PersonName name={name} note={isMe ? t('list.you') : undefined} />
        </div>
      </div>
      <p className="ml-10 sheet:ml-0">
        <CadreName cadre={cadre} />
        <span className="block text-[13px] text-ink-2">{t(`common:role.${role}`)}</span>
      </p>
      <p className="ml-10 min-w-0 text-[13px] text-ink-2 sheet:ml-0">
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
      </p>
    </li>
  )
}

/** For an observer, who may see the partnership but not the list of its people. */
export function ClosedPeople() {
  const { t } = useTranslation('people')
  return (
    <PageBody>
      <h1 tabIndex={-1}>{t('closed.title')}</h1>
      <p className="mt-3 max-w-[60ch] text-ink-2">{t('closed.lead')}</p>
    </PageBody>
  )
}
