import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import { ROLES } from '../../../shared/policy'
import type { SideView } from '../../../shared/views'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { Choice } from '../library/fields'
import { CadreOptions } from './cadre-name'
import type { MemberPageData } from './member-page'
import { RoleChoice } from './role-choice'

type Props = Pick<MemberPageData, 'member' | 'rights' | 'sides'> & { refusal: Refusal | null }

/** Role, side and profession, with what they were when the form was filled. */
export function PostFields({ member, rights, sides, refusal }: Props) {
  const { t } = useTranslation(['people', 'common'])
  const { role, sideId, cadre } = member
  const kept = refusal?.values
  const roles = ROLES.filter((each) => each !== 'coordinator' || rights.makeCoordinator)
  // what somebody else has stored meanwhile stands in the list; what was chosen here stays chosen
  const isStale = refusal?.refused.code === 'conflict'
  return (
    <>
      {isStale && <p className="text-[13px] font-medium">{t('member.stale')}</p>}
      {rights.role ? (
        <RoleChoice roles={roles} chosen={kept?.role ?? role} />
      ) : (
        <>
          <p className="text-[13px] text-ink-2">{t('member.roleFixed')}</p>
          <input type="hidden" name="role" value={role} />
        </>
      )}
      <SideChoice sides={sides} chosen={kept?.sideId ?? sideId} />
      <Choice label={t('cadreLabel')} name="cadre" defaultValue={kept?.cadre ?? cadre}>
        <CadreOptions />
      </Choice>
      <input type="hidden" name="wasRole" value={role} />
      <input type="hidden" name="wasSideId" value={sideId} />
      <input type="hidden" name="wasCadre" value={cadre} />
    </>
  )
}

/** One of the sides, by its place. */
export function SideChoice({
  sides,
  chosen,
}: {
  sides: readonly SideView[]
  chosen: string | undefined
}) {
  const { t } = useTranslation('people')
  const { lang } = useReader()
  return (
    <Choice label={t('sideLabel')} name="sideId" defaultValue={chosen ?? sides[0]?.id}>
      {sides.map(({ id, place }) => {
        const own = pickText(place, lang)
        return (
          <option key={id} value={id} lang={own.lang}>
            {own.text}
          </option>
        )
      })}
    </Choice>
  )
}
