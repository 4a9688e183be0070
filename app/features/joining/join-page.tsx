import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { JoinView } from '../../../shared/schemas/invitations'
import { Button, ButtonLink } from '../../components/button'
import { PageFrame } from '../../components/page-frame'
import { SignOutForm } from '../../components/sign-out-form'
import type { Refusal } from '../../lib/refusal'
import { useVisitor } from '../../lib/visitor'
import { Choice } from '../library/fields'
import { CadreOptions } from '../people/cadre-name'
import { Refused } from '../sign-in/refused'
import { Invited } from './invited'
import { NewAccountForm } from './new-account-form'

type Props = { view: JoinView; clientKey: string; refusal: Refusal | null }

/** What one is joining, and the one question whether one wants to. */
export function JoinPage({ view, clientKey, refusal }: Props) {
  const { t } = useTranslation('invitations')
  return (
    <PageFrame>
      <div className="grid max-w-[980px] items-start gap-x-14 gap-y-8 rail:grid-cols-2">
        <div>
          <h1 tabIndex={-1}>
            {t(view.joiner.kind === 'other' ? 'join.titleOther' : 'join.title')}
          </h1>
          <Invited view={view} />
        </div>
        <div className="max-w-[440px]">
          <Ask view={view} clientKey={clientKey} refusal={refusal} />
        </div>
      </div>
    </PageFrame>
  )
}

/** What is asked depends on who stands at the door. */
function Ask({ view, clientKey, refusal }: Props) {
  const { t } = useTranslation('invitations')
  switch (view.joiner.kind) {
    case 'new':
      return <NewAccountForm view={view} clientKey={clientKey} refusal={refusal} />
    case 'known':
      return (
        <div className="grid justify-items-start gap-4">
          <p>{t('join.known', { email: view.email })}</p>
          <ButtonLink to="/sign-in?redirectTo=/join" reloadDocument>
            {t('join.signIn')}
          </ButtonLink>
        </div>
      )
    case 'other':
      return <OtherPerson email={view.email} />
    default:
      return <Yes view={view} refusal={refusal} />
  }
}

/** Signed in as the one who is invited: one click. */
function Yes({ view, refusal }: Pick<Props, 'view' | 'refusal'>) {
  const { t } = useTranslation(['invitations', 'people'])
  return (
    <Form method="post" reloadDocument className="grid justify-items-start gap-4">
      <Refused refusal={refusal} />
      <p>{t('join.yours', { email: view.email })}</p>
      {view.cadre === null && (
        <Choice label={t('people:cadreLabel')} name="cadre" defaultValue="physician">
          <CadreOptions />
        </Choice>
      )}
      <Button className="min-h-10">{t('join.yes')}</Button>
    </Form>
  )
}

/** Signed in as somebody else: joined never silently, but the way to change is offered. */
function OtherPerson({ email }: { email: string }) {
  const { t } = useTranslation('invitations')
  const { person } = useVisitor()
  return (
    <div className="grid gap-4">
      <h2>{t('join.otherTitle')}</h2>
      <p>{t('join.other', { email, mine: person?.email ?? '' })}</p>
      {person && <SignOutForm userId={person.id} then="/join" label={t('join.switch')} />}
      <p>
        <ButtonLink to="/partnerships" look="quiet">
          {t('join.stay')}
        </ButtonLink>
      </p>
    </div>
  )
}
