import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MemberView, SideView } from '../../../shared/views'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Face } from '../../components/face'
import { Field } from '../../components/field'
import { FormHead, PageBody } from '../../components/page-frame'
import { PersonName } from '../../components/person-name'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import { usePartnership } from '../../lib/partnership'
import type { Refusal } from '../../lib/refusal'
import { Fold } from '../library/fold'
import { Refused } from '../sign-in/refused'
import { CadreName } from './cadre-name'
import type { MemberRights } from './member-rights'
import { PostFields } from './post-fields'

export type MemberPageData = {
  base: string
  sides: readonly SideView[]
  member: MemberView
  rights: MemberRights
  /** They are one's counterpart, or asked to be. */
  isPeer: boolean
}

/** One member: their place in the partnership, and what may be done about it. */
export function MemberPage({ refusal, ...page }: MemberPageData & { refusal: Refusal | null }) {
  const { t } = useTranslation(['people', 'common'])
  const { lang } = useReader()
  const { base, sides, member, rights, isPeer } = page
  const tone = sides.find(({ id }) => id === member.sideId)?.tone ?? null
  const { main, other } = fullName(member.name, lang)
  const form = useFocusRefused(refusal)
  // an observer sees their own place, not the list
  const isOpen = usePartnership()?.may.listMembers ?? false
  return (
    <PageBody>
      <FormHead
        list={isOpen ? { to: `${base}/people`, title: t('list.title') } : null}
        title={rights.leave ? t('member.own') : main.text}
        lead={t(`roleMay.${member.role}`)}
      />
      <div className="mt-6 grid max-w-[720px] gap-6">
        <Refused refusal={refusal} />
        <div className="flex items-start gap-3">
          <Face name={member.name} tone={tone} size="large" />
          <div>
            {rights.leave && <PersonName name={member.name} />}
            {!rights.leave && other && (
              <span lang={other.lang} className="block">
                {other.text}
              </span>
            )}
            <p className="text-[13px] text-ink-2">
              {t(`common:role.${member.role}`)}
              {member.cadre && (
                <>
                  {' · '}
                  <CadreName cadre={member.cadre} />
                </>
              )}
            </p>
          </div>
        </div>
        {rights.change && (
          <Card title={t('member.change')} id="change-title">
            <Form ref={form} method="post" reloadDocument className="mt-3 grid gap-4">
              <PostFields {...page} refusal={refusal} />
              <p>
                <Button name="intent" value="change">
                  {t('member.save')}
                </Button>
              </p>
            </Form>
          </Card>
        )}
        {rights.propose && !isPeer && (
          <Card title={t('counterparts.proposeTitle')} id="propose-title">
            <Form method="post" reloadDocument className="mt-2 grid gap-4">
              <p className="text-[13px] text-ink-2">{t('counterparts.lead')}</p>
              <Field
                label={t('counterparts.topic')}
                name="topic"
                maxLength={120}
                hint={t('counterparts.topicHint')}
              />
              <p>
                <Button look={rights.change ? 'quiet' : 'primary'} name="intent" value="propose">
                  {t('counterparts.propose')}
                </Button>
              </p>
            </Form>
          </Card>
        )}
        {rights.remove && (
          <Farewell word={t('member.remove')} note={t('member.removeNote')} intent="remove">
            {t('member.removeNow')}
          </Farewell>
        )}
        {rights.leave && (
          <Farewell word={t('member.leave')} note={t('member.leaveNote')} intent="leave">
            {t('member.leaveNow')}
          </Farewell>
        )}
      </div>
    </PageBody>
  )
}

/** Done by the second press: the first one says what it means. */
function Farewell({
  word,
  note,
  intent,
  children,
}: {
  word: string
  note: string
  intent: 'remove' | 'leave'
  children: ReactNode
}) {
  return (
    <Fold word={word} tone="danger">
      {() => (
        <Form method="post" reloadDocument className="grid gap-3">
          <p className="max-w-[60ch] text-[13px] text-ink-2">{note}</p>
          <p>
            <Button look="danger" name="intent" value={intent}>
              {children}
            </Button>
          </p>
        </Form>
      )}
    </Fold>
  )
}
