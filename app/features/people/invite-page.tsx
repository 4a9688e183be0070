import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../shared/languages'
import { ROLES } from '../../../shared/policy'
import type { InviteOutcome } from '../../../shared/schemas/invitations'
import type { SideView } from '../../../shared/views'
import { Button, ButtonLink } from '../../components/button'
import { FormHead, PageBody } from '../../components/page-frame'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { Choice, TextBox } from '../library/fields'
import { Refused } from '../sign-in/refused'
import { CadreOptions } from './cadre-name'
import { Outcomes } from './invite-outcomes'
import { SideChoice } from './post-fields'
import { RoleChoice } from './role-choice'

/** As the schema has it. */
const NOTE_MAX = 500

type Props = {
  base: string
  sides: readonly SideView[]
  mySideId: string | null
  mayMakeCoordinator: boolean
  clientKey: string
  refusal: Refusal | null
  /** Of a list of which some lines came back. */
  outcomes: readonly InviteOutcome[] | null
}

/** Letters to colleagues: who, as what, in which language. */
export function InvitePage(props: Props) {
  const { t } = useTranslation(['people', 'common', 'invitations'])
  const { base, sides, mySideId, mayMakeCoordinator, clientKey, refusal, outcomes } = props
  const { lang } = useReader()
  const form = useFocusRefused(outcomes ? null : refusal)
  const kept = refusal?.values
  const fault = wrongIn(refusal)
  const roles = ROLES.filter((role) => role !== 'coordinator' || mayMakeCoordinator)
  return (
    <PageBody>
      <FormHead
        list={{ to: `${base}/people`, title: t('list.title') }}
        title={t('invite.title')}
        lead={t('invite.lead')}
      />
      <Form
        ref={form}
        method="post"
        reloadDocument
        noValidate
        className="mt-6 grid max-w-[720px] gap-5"
      >
        {outcomes ? <Outcomes outcomes={outcomes} /> : <Refused refusal={refusal} />}
        <div className="grid gap-1.5">
          <TextBox
            label={t('invite.people')}
            name="people"
            rows={5}
            required
            spellCheck={false}
            autoCapitalize="none"
            placeholder="name@hospital.org"
            defaultValue={kept?.people ?? ''}
            error={
              fault.people === undefined
                ? undefined
                : t(fault.people === 'list_empty' ? 'invite.empty' : 'invite.tooMany')
            }
          />
          <p className="text-[13px] text-ink-2">{t('invite.peopleHint')}</p>
        </div>
        <RoleChoice roles={roles} chosen={kept?.role ?? 'editor'} />
        <div className="grid items-start gap-5 sheet:grid-cols-3">
          <SideChoice sides={sides} chosen={kept?.sideId ?? mySideId ?? undefined} />
          <Choice label={t('invite.lang')} name="lang" defaultValue={kept?.lang ?? lang}>
            {LANGUAGES.map((each) => (
              <option key={each} value={each}>
                {t(`common:language.${each}`)}
              </option>
            ))}
          </Choice>
          <Choice label={t('cadreLabel')} name="cadre" defaultValue={kept?.cadre ?? ''}>
            <option value="">{t('invite.cadreOpen')}</option>
            <CadreOptions />
          </Choice>
        </div>
        <TextBox
          label={t('invite.note')}
          name="note"
          maxLength={NOTE_MAX}
          defaultValue={kept?.note ?? ''}
          error={fault.note ? t('invite.noteTooLong', { count: NOTE_MAX }) : undefined}
        />
        <input type="hidden" name="clientKey" value={clientKey} />
        <p className="flex flex-wrap gap-3">
          <Button>{t('invite.send')}</Button>
          <ButtonLink to={`${base}/people`} look="quiet">
            {t('invite.cancel')}
          </ButtonLink>
        </p>
      </Form>
    </PageBody>
  )
}
